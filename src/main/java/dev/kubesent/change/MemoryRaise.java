package dev.kubesent.change;

import dev.kubesent.cluster.Memory;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.stream.Stream;

/** @param request the new request too, where the pod's QoS class demands that it follows the limit */
public record MemoryRaise(String container, Memory from, Memory to, boolean request) {

    /** Whether the container of this pod has the raised limit. */
    public boolean isIn(Pod pod) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .filter(c -> c.getName().equals(container))
                .flatMap(c -> Optional.ofNullable(c.getResources()).map(r -> r.getLimits()).stream())
                .flatMap(limits -> Optional.ofNullable(limits.get("memory")).stream())
                .anyMatch(limit -> to.equals(Memory.of(limit)));
    }
}
