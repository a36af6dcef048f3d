package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.gate.bounds.GatePolicy;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Asked where a template is taken back to another revision: by what an incident says, which whoever may write incidents could have forged. So
 * that a forged one reaches only what KubeSent may change anyway. A raise of memory is bounded by itself, and is always taken back.
 */
final class StillOurs {

    private final ClusterReader cluster;

    StillOurs(ClusterReader cluster) {
        this.cluster = cluster;
    }

    Optional<Refusal> whyNot(Change change) {
        return change.boundsItself() ? Optional.empty() : optedOut(change);
    }

    private Optional<Refusal> optedOut(Change change) {
        var target = change.target();
        var isOptedIn = cluster.get(Namespace.class, "", target.namespace())
                .map(namespace ->
                        Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.<String, String>of()))
                .filter(labels -> "enabled".equals(labels.get(GatePolicy.HEAL)))
                .isPresent();
        if (!isOptedIn) {
            return Constraint.no(RefusalReason.NAMESPACE_NOT_OPTED_IN, target.namespace());
        }
        return cluster.get(target)
                .filter(live -> Case.isMarked(live, GatePolicy.HEAL, "disabled"))
                .flatMap(_ -> Constraint.no(RefusalReason.OPTED_OUT, target.display()));
    }
}
