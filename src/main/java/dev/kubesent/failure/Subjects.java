package dev.kubesent.failure;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Objects;

/** Of which container something is said. */
final class Subjects {

    private Subjects() {}

    /** What is said of a whole pod is said of its first container. */
    static Subject first(Pod pod) {
        var meta = pod.getMetadata();
        var name = pod.getSpec().getContainers().stream()
                .findFirst()
                .map(Container::getName)
                .orElse("");
        return new Subject(meta.getNamespace(), meta.getName(), meta.getUid(), name, Subject.Role.CONTAINER, 0);
    }

    static Subject of(Pod pod, ContainerStatus status, Subject.Role role) {
        var meta = pod.getMetadata();
        return new Subject(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                status.getName(),
                role,
                Objects.requireNonNullElse(status.getRestartCount(), 0));
    }

    static Subject.Role initRole(PodSpec spec, String name) {
        return spec.getInitContainers().stream()
                        .anyMatch(c -> c.getName().equals(name) && "Always".equals(c.getRestartPolicy()))
                ? Subject.Role.SIDECAR
                : Subject.Role.INIT_CONTAINER;
    }
}
