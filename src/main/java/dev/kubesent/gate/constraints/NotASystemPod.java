package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import java.util.Objects;
import java.util.Optional;

/** Mirror and static pods belong to a node's files, and critical pods to the cluster's operator. */
final class NotASystemPod implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        var evidence = judged.evidence();
        if (!evidence.annotation("kubernetes.io/config.mirror").isEmpty()) {
            return Constraint.no(RefusalReason.SYSTEM_POD, "a mirror pod: its node's manifest file decides");
        }
        var source = evidence.annotation("kubernetes.io/config.source");
        if (!source.isEmpty() && !source.equals("api")) {
            return Constraint.no(RefusalReason.SYSTEM_POD, "a static pod, from " + source);
        }
        var priority = Objects.requireNonNullElse(evidence.pod().getSpec().getPriorityClassName(), "");
        return priority.startsWith("system-")
                ? Constraint.no(RefusalReason.SYSTEM_POD, "priority class " + priority)
                : Optional.empty();
    }
}
