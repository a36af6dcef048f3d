package dev.kubesent.gate.constraints;

import dev.kubesent.evidence.NodeFacts;
import dev.kubesent.evidence.NodeFacts.Trouble;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.PodEviction;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.TemplateEdit;
import dev.kubesent.gate.TrafficPin;
import java.util.Optional;

/**
 * A kubelet that does not answer ends no pod, so a deleted one would neither go nor come back; and what is deleted on a
 * cordoned node may find no other.
 */
final class NodeReady implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        // Another template is for whatever node comes next.
        return judged.change()
                .filter(change -> switch (change) {
                    case Change.MemoryChange _, PodEviction _ -> true;
                    case Change.TemplateRollback _, TemplateEdit _, TrafficPin _ -> false;
                })
                .flatMap(change -> judged.knowing(judged.evidence().node(), node -> ready(change, node)));
    }

    private static Optional<Refusal> ready(Change change, NodeFacts node) {
        if (node.troubles().contains(Trouble.NOT_READY)) {
            return Constraint.no(RefusalReason.NODE_NOT_READY, "node " + node.name() + " is not ready");
        }
        return change instanceof Change.PodReplacement && node.troubles().contains(Trouble.CORDONED)
                ? Constraint.no(RefusalReason.NODE_NOT_READY, "node " + node.name() + " is cordoned")
                : Optional.empty();
    }
}
