package dev.kubesent.gate.constraints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.PodRights;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.PodEviction;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.TemplateEdit;
import dev.kubesent.gate.TrafficPin;
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
        return judged.change().flatMap(change -> switch (change) {
            case Change.TemplateRollback rollback ->
                judged.evidence()
                        .owners()
                        .present()
                        .flatMap(OwnerChain::knownTop)
                        .flatMap(top -> gained(rollback, top.object()));
            case Change.PodReplacement replacement ->
                gained(
                        KubernetesJson.tree(judged.evidence().pod()),
                        KubernetesJson.tree(replacement.manifest()),
                        replacement);
            case Change.MemoryChange _, TemplateEdit _, PodEviction _, TrafficPin _ ->
                Optional.empty(); // single fields, which FieldAllowed has
        });
    }

    /** Of what is taken back to an earlier revision: that may be another by now. */
    Optional<Refusal> whyNot(Change change) {
        return change instanceof Change.TemplateRollback rollback
                ? cluster.get(change.target()).flatMap(live -> gained(rollback, live))
                : Optional.empty();
    }

    private static Optional<Refusal> gained(Change.TemplateRollback rollback, HasMetadata live) {
        var template = WorkloadKind.of(ObjectRef.of(live))
                .map(WorkloadKind::podTemplate)
                .orElse("/spec/template");
        return rollback.operations().stream()
                .flatMap(operation ->
                        operation instanceof PatchOperation.Put(var path, var value) && path.equals(template)
                                ? gained(KubernetesJson.tree(live).at(template), value, rollback).stream()
                                : Optional.<Refusal>empty().stream())
                .findFirst();
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
