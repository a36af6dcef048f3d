package dev.kubesent.failure;

import dev.kubesent.failure.Failure.Obstacle;
import dev.kubesent.failure.Failure.Pending;
import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
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

    /**
     * A cluster autoscaler brings a node within minutes (its FAQ: 5 in large clusters), and a cloud detaches and attaches a disk in as many;
     * the kubelet itself complains after 2 (volume_manager.go, podAttachAndMountTimeout). Until then waiting is no failure.
     */
    private static final Duration BEGUN_WITHIN = Duration.ofMinutes(5);

    private static final Set<String> NOT_BEGUN = Set.of("ContainerCreating", "PodInitializing");

    private PendingDetector() {}

    static Optional<Failure> detect(Pod pod, Instant now) {
        if (!"Pending".equals(pod.getStatus().getPhase()) || hasBegun(pod)) {
            return Optional.empty();
        }
        return condition(pod, "PodScheduled")
                .filter(scheduled -> !"SchedulingGated".equals(scheduled.getReason()))
                .filter(scheduled -> lasts(pod, scheduled, now))
                .map(scheduled -> pending(pod, Obstacle.NO_NODE, scheduled))
                .or(() -> condition(pod, "PodReadyToStartContainers")
                        .filter(_ -> condition(pod, "PodScheduled").isEmpty())
                        .filter(ready -> lasts(pod, ready, now))
                        .map(ready -> pending(pod, Obstacle.NOT_SET_UP, ready)));
    }

    /** Said of the pod's first container: they all wait. */
    private static Failure pending(Pod pod, Obstacle obstacle, PodCondition condition) {
        return new Pending(
                Subjects.first(pod),
                obstacle,
                ForeignText.message(condition.getMessage()),
                Instant.parse(condition.getLastTransitionTime()));
    }

    /** Only where it is False. */
    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()) && "False".equals(condition.getStatus()))
                .findFirst();
    }

    /** Its gates may have been taken away long after the condition became False, whose time stays then; whoever does that updates the pod. */
    private static boolean lasts(Pod pod, PodCondition condition, Instant now) {
        var since = condition.getLastTransitionTime();
        return since != null
                && Stream.concat(Stream.of(since), updates(pod))
                        .map(Instant::parse)
                        .filter(time -> !time.isAfter(now)) // of another clock than ours
                        .allMatch(time -> time.plus(BEGUN_WITHIN).isBefore(now));
    }

    /** Of the pod itself, and not of its status. */
    private static Stream<String> updates(Pod pod) {
        return pod.getMetadata().getManagedFields().stream()
                .filter(entry ->
                        entry.getSubresource() == null || entry.getSubresource().isEmpty())
                .map(ManagedFieldsEntry::getTime)
                .filter(Objects::nonNull);
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
                || !NOT_BEGUN.contains(ContainerView.reason(waiting))
                || container.getLastState() != null && container.getLastState().getTerminated() != null;
    }
}
