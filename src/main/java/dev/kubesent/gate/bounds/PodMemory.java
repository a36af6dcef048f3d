package dev.kubesent.gate.bounds;

import dev.kubesent.change.MemoryRaise;
import dev.kubesent.cluster.Memory;
import dev.kubesent.evidence.Evidence;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sums over the containers of a pod. Init containers count too, which is too much rather than too little. */
public final class PodMemory {

    private PodMemory() {}

    /** Zero for a container without a limit. */
    public static Memory limitsAfter(Evidence evidence, MemoryRaise raise) {
        return sum(evidence, raise, ResourceRequirements::getLimits);
    }

    /** As {@link #limitsAfter}, where the request follows the limit; else the requests stay as they are. */
    public static Memory requestsAfter(Evidence evidence, MemoryRaise raise) {
        var unchanged = new MemoryRaise("", raise.from(), raise.to(), false);
        return sum(evidence, raise.request() ? raise : unchanged, ResourceRequirements::getRequests);
    }

    /** Of the failing container. */
    public static Optional<Memory> request(Evidence evidence) {
        return of(evidence.container(), ResourceRequirements::getRequests);
    }

    private static Memory sum(
            Evidence evidence, MemoryRaise raise, Function<ResourceRequirements, Map<String, Quantity>> which) {
        return evidence.containers()
                .map(c -> c.getName().equals(raise.container())
                        ? raise.to()
                        : of(c, which).orElse(new Memory(0)))
                .reduce(new Memory(0), Memory::plus);
    }

    private static Optional<Memory> of(
            Container container, Function<ResourceRequirements, Map<String, Quantity>> which) {
        return Optional.ofNullable(container.getResources())
                .map(which)
                .map(r -> r.get("memory"))
                .map(Memory::of);
    }
}
