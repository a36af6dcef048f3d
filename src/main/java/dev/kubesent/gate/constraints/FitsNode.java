package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.Memory;
import dev.kubesent.evidence.NodeFacts;
import dev.kubesent.gate.bounds.PodMemory;
import java.util.Optional;

/**
 * A limit above what the pod's node can give to pods moves the OOM from the container to the node. Judged by the node the
 * pod is on: others may be larger, but nothing says that it would land there.
 */
final class FitsNode implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.raise()
                .flatMap(raise -> judged.knowing(judged.evidence().node(), node -> fits(judged, raise, node)));
    }

    private static Optional<Refusal> fits(Case judged, MemoryRaise raise, NodeFacts node) {
        if (node.allocatable().isEmpty()) {
            return Constraint.no(
                    RefusalReason.CANNOT_TELL, "node " + node.name() + " does not report its allocatable memory");
        }
        var most = node.allocatable().get();
        var asked = Memory.max(
                PodMemory.limitsAfter(judged.evidence(), raise), PodMemory.requestsAfter(judged.evidence(), raise));
        return asked.exceeds(most)
                ? Constraint.no(
                        RefusalReason.NODE_TOO_SMALL,
                        "the pod would ask for %s; node %s has %s for pods".formatted(asked, node.name(), most))
                : Optional.empty();
    }
}
