package dev.kubesent.action;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.Memory;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.NodeFacts;
import dev.kubesent.evidence.NodeFacts.Trouble;
import dev.kubesent.failure.Failure;
import java.util.List;
import java.util.Optional;

/** A higher memory limit for the failing container. */
public record RaiseMemory() implements Action {

    @Override
    public String advice(String container) {
        return "KubeSent can raise the memory limit of container %s. Do the same in its manifest, or find out what needs so much memory."
                .formatted(container);
    }

    @Override
    public List<Cause> cures() {
        return List.of(Cause.MEMORY_LIMIT_TOO_LOW, Cause.TOO_SMALL_TO_START, Cause.JAVA_HEAP_AGAINST_LIMIT);
    }

    @Override
    public Optional<Refusal> whyNotProven(Evidence evidence) {
        if (!(evidence.failure() instanceof Failure.OomKilled oom)) {
            return Proof.lacks("the container was not OOM-killed");
        }
        if (oom.last().exitCode() != 137 && !oom.last().message().contains("OOM-killed")) {
            return Proof.lacks("exit code %d is not a kill".formatted(oom.last().exitCode()));
        }
        if (limit(evidence).isEmpty()) {
            return Proof.lacks("the container has no memory limit to raise");
        }
        return evidence.node()
                .whyNot(RaiseMemory::node)
                .or(() -> evidence.events().whyNot(_ -> Optional.empty()));
    }

    private static Optional<Refusal> node(NodeFacts node) {
        return node.troubles().contains(Trouble.MEMORY_PRESSURE)
                        || node.troubles().contains(Trouble.SYSTEM_OOM)
                ? Proof.lacks("node " + node.name() + " itself is short of memory")
                : Optional.empty();
    }

    @Override
    public Sureness needs(Evidence evidence) {
        return new Sureness.OfTheCause();
    }

    @Override
    public Optional<ObjectNode> inContainer(Evidence evidence) {
        return limit(evidence).map(limit -> {
            var container = JsonNodeFactory.instance.objectNode();
            container
                    .withObject("/resources/limits")
                    .put("memory", Sizing.next(limit, evidence).toString());
            return container;
        });
    }

    private static Optional<Memory> limit(Evidence evidence) {
        return Optional.ofNullable(evidence.container().getResources())
                .map(resources -> resources.getLimits())
                .map(limits -> limits.get("memory"))
                .map(Memory::of);
    }
}
