package dev.kubesent.evidence;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Selection;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which images run beside one that cannot be pulled, and what that proves.
 *
 * @param since what was read before that is read anew
 */
record ImageReader(ClusterReader cluster, Lately lately, Instant since) {

    /** What runs beyond is only not hinted at. */
    private static final Bound MOST = Bound.of(2_000);

    private static final int IMAGES = 1_000;

    /** Those of its namespace; and, as far as is told of others, those of its repository, where none of that runs in the namespace. */
    List<RunningImage> around(String namespace, String image, Reach reach) {
        var here = running(namespace);
        var repository = RunningImage.repository(image);
        if (reach == Reach.OWN_NAMESPACE
                || here.stream()
                        .anyMatch(one -> one.isOf(repository) && !one.image().equals(image))) {
            return here;
        }
        var elsewhere = Allowed.read(() -> running("")).orElse(List.of()).stream()
                .filter(one -> one.isOf(repository) && !one.image().equals(image))
                .map(one -> new RunningImage(one.image(), List.of(), RunningImage.Where.CLUSTER))
                .distinct();
        return Stream.concat(here.stream(), elsewhere).toList();
    }

    private List<RunningImage> running(String namespace) {
        return lately.images(namespace, since, () -> read(namespace));
    }

    /** As their pods' specs name them; the status may show another name of the same image. One pod at a time is in memory. */
    private List<RunningImage> read(String namespace) {
        var images = new LinkedHashSet<RunningImage>();
        cluster.each(Pod.class, Selection.of(namespace), MOST, pod -> {
            if (pod.getStatus() != null && images.size() < IMAGES) {
                of(pod).forEach(images::add);
            }
        });
        return List.copyOf(images);
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
