package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterReader;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which images run in a namespace: what they prove about one that cannot be pulled. */
final class ImageReader {

    private ImageReader() {}

    /** As their pods' specs name them; the status may show another name of the same image. */
    static List<RunningImage> running(ClusterReader cluster, String namespace) {
        return cluster.list(Pod.class, namespace).stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(ImageReader::of)
                .distinct()
                .toList();
    }

    private static Stream<RunningImage> of(Pod pod) {
        var started = pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getState() != null && status.getState().getRunning() != null)
                .map(ContainerStatus::getName)
                .collect(Collectors.toSet());
        return pod.getSpec().getContainers().stream()
                .filter(container -> started.contains(container.getName()))
                .map(Container::getImage)
                .filter(Objects::nonNull)
                .map(RunningImage::new);
    }
}
