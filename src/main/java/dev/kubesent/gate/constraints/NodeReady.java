package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.NodeNeed;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.NodeFacts;
import dev.kubesent.evidence.NodeFacts.Trouble;
import java.util.Optional;

/**
 * A kubelet that does not answer ends no pod, so a deleted one would neither go nor come back; and what is deleted on a
 * cordoned node may find no other.
 */
final class NodeReady implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .filter(change -> change.nodeNeed() != NodeNeed.NONE)
                .flatMap(change -> judged.knowing(judged.evidence().node(), node -> ready(change, node)));
    }

    private static Optional<Refusal> ready(Change change, NodeFacts node) {
        if (node.troubles().contains(Trouble.NOT_READY)) {
            return Constraint.no(RefusalReason.NODE_NOT_READY, "node " + node.name() + " is not ready");
        }
        return change.nodeNeed() == NodeNeed.SCHEDULABLE && node.troubles().contains(Trouble.CORDONED)
                ? Constraint.no(RefusalReason.NODE_NOT_READY, "node " + node.name() + " is cordoned")
                : Optional.empty();
    }
}
