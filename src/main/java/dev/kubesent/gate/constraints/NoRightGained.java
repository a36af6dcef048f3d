package dev.kubesent.gate.constraints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.change.Touches;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.cluster.rights.PodRights;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.redaction.Masking;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What sets a whole template, or makes a pod, gives no right that is not there now: an old revision may be one that somebody has slipped in, and
 * what was allowed a release ago may be forbidden by now. A person may say that it shall.
 */
final class NoRightGained implements Constraint {

    /** What fits into a line. */
    private static final int TOLD = 10;

    private final ClusterReader cluster;

    NoRightGained(ClusterReader cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(change -> change.wholePod()
                        .flatMap(after -> before(judged, change).flatMap(before -> gained(before, after, change))));
    }

    private static Optional<JsonNode> before(Case judged, Change change) {
        return switch (change.touches()) {
            case POD -> Optional.of(KubernetesJson.tree(judged.evidence().pod()));
            case TEMPLATE, TRAFFIC ->
                judged.evidence()
                        .owners()
                        .present()
                        .flatMap(OwnerChain::knownTop)
                        .map(top -> template(top.object()));
        };
    }

    /** Of what is taken back to an earlier revision: that may be another by now. */
    Optional<Refusal> whyNot(Change change) {
        return change.wholePod()
                .filter(_ -> change.touches() == Touches.TEMPLATE)
                .flatMap(after -> cluster.get(change.target()).flatMap(live -> gained(template(live), after, change)));
    }

    private static JsonNode template(HasMetadata live) {
        return KubernetesJson.tree(live)
                .at(WorkloadKind.of(ObjectRef.of(live))
                        .map(WorkloadKind::podTemplate)
                        .orElse("/spec/template"));
    }

    private static Optional<Refusal> gained(JsonNode before, JsonNode after, Change change) {
        var gained = PodRights.gained(before, after);
        return gained.isEmpty()
                ? Optional.empty()
                : Constraint.no(
                        RefusalReason.GAINS_RIGHTS,
                        "pods of %s would gain: %s%s"
                                .formatted(
                                        change.target().display(),
                                        gained.stream()
                                                .limit(TOLD)
                                                .map(Masking::text)
                                                .collect(Collectors.joining("; ")),
                                        gained.size() > TOLD ? "; and %d more".formatted(gained.size() - TOLD) : ""));
    }
}
