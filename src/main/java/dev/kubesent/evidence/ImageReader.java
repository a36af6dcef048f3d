package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which images run beside one that cannot be pulled, and what that proves. */
final class ImageReader {

    /** Of 500 pods each; what runs beyond is only not hinted at. */
    private static final int PAGES = 4;

    private ImageReader() {}

    /** Those of its namespace; and, as far as is told of others, those of its repository, where none of that runs in the namespace. */
    static List<RunningImage> around(ClusterReader cluster, String namespace, String image, Reach reach) {
        var here = running(cluster, namespace);
        var repository = RunningImage.repository(image);
        if (reach == Reach.OWN_NAMESPACE
                || here.stream()
                        .anyMatch(one -> one.isOf(repository) && !one.image().equals(image))) {
            return here;
        }
        var elsewhere = running(cluster, "").stream()
                .filter(one -> one.isOf(repository) && !one.image().equals(image))
                .map(one -> new RunningImage(one.image(), List.of(), RunningImage.Where.CLUSTER))
                .distinct();
        return Stream.concat(here.stream(), elsewhere).toList();
    }

    /** As their pods' specs name them; the status may show another name of the same image. One pod at a time is in memory. */
    private static List<RunningImage> running(ClusterReader cluster, String namespace) {
        var images = new LinkedHashSet<RunningImage>();
        var next = "";
        for (int page = 0; page < PAGES; page++) {
            var pods = cluster.podPage(namespace, next);
            pods.pods().forEach(pod -> of(pod).forEach(images::add));
            next = pods.next();
            if (next.isEmpty()) {
                break;
            }
        }
        return List.copyOf(images);
    }

    private static Stream<RunningImage> of(byte[] json) {
        try {
            var pod = KubernetesJson.parseJson(json, Pod.class);
            return pod.getStatus() == null ? Stream.of() : of(pod);
        } catch (IOException e) {
            throw new UncheckedIOException("the API server sent a pod that is none", e);
        }
    }

    private static Stream<RunningImage> of(Pod pod) {
        var started = pod.getStatus().getContainerStatuses().stream()
                .filter(status -> Boolean.TRUE.equals(status.getReady()))
                .filter(status -> status.getState() != null && status.getState().getRunning() != null)
                .map(ContainerStatus::getName)
                .collect(Collectors.toSet());
        var secrets = pod.getSpec().getImagePullSecrets().stream()
                .map(LocalObjectReference::getName)
                .filter(Objects::nonNull)
                .toList();
        return pod.getSpec().getContainers().stream()
                .filter(container -> started.contains(container.getName()))
                .map(Container::getImage)
                .filter(Objects::nonNull)
                .map(image -> new RunningImage(image, secrets));
    }
}
