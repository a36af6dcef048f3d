package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Facets;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.SelectableFields;
import dev.kubesent.cluster.FieldSelector;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * By which fields incidents are found, so that no decision costs the more the more of them there are. The CRD names these fields as
 * selectable; {@code knative/base/100-incident-crd.yaml} has eight, which is all that Kubernetes allows.
 */
public final class IncidentFields {

    private IncidentFields() {}

    /** @param workload as {@code Deployment/web} */
    public static FieldSelector of(String workload) {
        return FieldSelector.where(SelectableFields.WORKLOAD, workload);
    }

    /** Those in which something was changed since then, and some more; times have to be looked at. At most an hour ago. */
    public static List<FieldSelector> changedSince(Instant since, Instant now) {
        return Facets.spans(since, now, Facets.CHANGED_SPAN).stream()
                .map(span -> FieldSelector.where(SelectableFields.CHANGED_IN, span))
                .toList();
    }

    /** Those that were seen failing since then and are not over, and some more; times have to be looked at. At most 20 minutes ago. */
    public static List<FieldSelector> failingSince(Instant since, Instant now) {
        return Facets.spans(since, now, Facets.SEEN_SPAN).stream()
                .map(span -> failingTogether(not(FieldSelector.where(SelectableFields.SEEN_IN, span), Phase::isAtRest)))
                .toList();
    }

    private static FieldSelector failingTogether(FieldSelector fields) {
        return Stream.of(FailureKind.values())
                .filter(kind -> !kind.countsTogether())
                .reduce(fields, (some, kind) -> some.andNot(SelectableFields.FAILURE, kind.name()), (one, _) -> one);
    }

    /** For whoever wants to know whether the CRD has them all. */
    public static FieldSelector every() {
        return Stream.of(
                        SelectableFields.OWNER,
                        SelectableFields.FAILURE,
                        SelectableFields.APPROVED,
                        SelectableFields.PHASE,
                        SelectableFields.WORKLOAD,
                        SelectableFields.SEEN_IN,
                        SelectableFields.CHANGED_IN,
                        SelectableFields.WAITS_FOR)
                .reduce(FieldSelector.ALL, (all, field) -> all.andNot(field, "none"), (one, _) -> one);
    }

    static FieldSelector acting() {
        return FieldSelector.where(SelectableFields.PHASE, Phase.Acting.name());
    }

    static FieldSelector atWork() {
        return not(FieldSelector.ALL, phase -> !phase.atWork());
    }

    /** Those with work left in them. One that was created and never written to has no phase, and is among them. */
    static FieldSelector unfinished() {
        return not(FieldSelector.ALL, phase -> !phase.unfinished());
    }

    static FieldSelector waiting() {
        return FieldSelector.ALL.andNot(SelectableFields.WAITS_FOR, "");
    }

    /** Of those that may still be waiting for it. */
    static FieldSelector approved() {
        return FieldSelector.where(SelectableFields.APPROVED, "true");
    }

    static FieldSelector ofOwner(String name) {
        return FieldSelector.where(SelectableFields.OWNER, name);
    }

    private static FieldSelector not(FieldSelector begun, Predicate<Phase> unwanted) {
        return Stream.of(Phase.values())
                .filter(unwanted)
                .reduce(begun, (all, phase) -> all.andNot(SelectableFields.PHASE, phase.name()), (one, _) -> one);
    }
}
