package dev.kubesent.failure;

import dev.kubesent.failure.Failure.Obstacle;
import dev.kubesent.failure.Failure.Pending;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pod none of whose containers has been begun, for longer than that takes: it finds no node, or its sandbox and volumes are not to be
 * had. Its containers say no more than ContainerCreating, which is why only the pod's conditions are looked at (KEP-3085).
 */
final class PendingDetector {

    /** How long the kubelet itself waits for volumes before it complains (volume_manager.go, podAttachAndMountTimeout). */
    private static final Duration SET_UP_WITHIN = Duration.ofSeconds(123);

    /** A cluster autoscaler brings a node within minutes; until then waiting is no failure (its FAQ: 5 minutes in large clusters). */
    private static final Duration SCHEDULED_WITHIN = Duration.ofMinutes(5);

    private static final Set<String> NOT_BEGUN = Set.of("ContainerCreating", "PodInitializing");

    private PendingDetector() {}

    static Optional<Failure> detect(Pod pod, Instant now) {
        if (!"Pending".equals(pod.getStatus().getPhase()) || hasBegun(pod)) {
            return Optional.empty();
        }
        return condition(pod, "PodScheduled")
                .filter(scheduled -> "Unschedulable".equals(scheduled.getReason()))
                .filter(scheduled -> lasts(scheduled, SCHEDULED_WITHIN, now))
                .map(scheduled -> pending(pod, Obstacle.NO_NODE, scheduled))
                .or(() -> condition(pod, "PodReadyToStartContainers")
                        .filter(_ -> condition(pod, "PodScheduled").isEmpty())
                        .filter(ready -> lasts(ready, SET_UP_WITHIN, now))
                        .map(ready -> pending(pod, Obstacle.NOT_SET_UP, ready)));
    }

    /** Said of the pod's first container: they all wait. */
    private static Failure pending(Pod pod, Obstacle obstacle, PodCondition condition) {
        var meta = pod.getMetadata();
        var first = pod.getSpec().getContainers().stream()
                .findFirst()
                .map(Container::getName)
                .orElse("");
        var subject = new Subject(meta.getNamespace(), meta.getName(), meta.getUid(), first, Subject.Role.CONTAINER, 0);
        return new Pending(
                subject,
                obstacle,
                Objects.requireNonNullElse(condition.getMessage(), ""),
                Instant.parse(condition.getLastTransitionTime()));
    }

    /** Only where it is False. */
    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()) && "False".equals(condition.getStatus()))
                .findFirst();
    }

    private static boolean lasts(PodCondition condition, Duration patience, Instant now) {
        var since = condition.getLastTransitionTime();
        return since != null && Instant.parse(since).plus(patience).isBefore(now);
    }

    private static boolean hasBegun(Pod pod) {
        var status = pod.getStatus();
        return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .flatMap(List::stream)
                .anyMatch(PendingDetector::hasBegun);
    }

    private static boolean hasBegun(ContainerStatus container) {
        var waiting = container.getState() == null ? null : container.getState().getWaiting();
        return waiting == null
                || !NOT_BEGUN.contains(waiting.getReason())
                || container.getLastState() != null && container.getLastState().getTerminated() != null;
    }
}
