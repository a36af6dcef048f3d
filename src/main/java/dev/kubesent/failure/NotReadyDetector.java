package dev.kubesent.failure;

import dev.kubesent.failure.Failure.NotReady;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container that runs, was never restarted, and has not passed its readiness probe once since it runs. What was ready before is none: a
 * server that sheds load is meant to say so.
 */
final class NotReadyDetector {

    /** As a Deployment waits for a pod of its by default (progressDeadlineSeconds). */
    private static final Duration AT_LEAST = Duration.ofMinutes(10);

    private NotReadyDetector() {}

    static Optional<Failure> detect(Pod pod, Instant now) {
        var restarts = Objects.requireNonNullElse(pod.getSpec().getRestartPolicy(), "Always");
        if (!"Running".equals(pod.getStatus().getPhase()) || !restarts.equals("Always") || !allRun(pod)) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(NotReadyDetector::isNotReady)
                .map(PodCondition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(since -> neverReady(pod, Instant.parse(since), now));
    }

    private static boolean isNotReady(PodCondition condition) {
        return "Ready".equals(condition.getType()) && "False".equals(condition.getStatus());
    }

    private static boolean allRun(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .allMatch(container -> started(container).isPresent());
    }

    private static Optional<Failure> neverReady(Pod pod, Instant unready, Instant now) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(NotReadyDetector::isUp)
                .flatMap(container -> started(container)
                        // Later than that it has been ready in between.
                        .filter(started -> !unready.isAfter(started))
                        .filter(started ->
                                started.plus(grace(pod, container.getName())).isBefore(now))
                        .map(started -> new NotReady(Subjects.of(pod, container, Subject.Role.CONTAINER), started))
                        .stream())
                .map(Failure.class::cast)
                .findFirst();
    }

    /** Past its startup probe, and not ready. */
    private static boolean isUp(ContainerStatus container) {
        return !Boolean.TRUE.equals(container.getReady())
                && !Boolean.FALSE.equals(container.getStarted())
                && Objects.requireNonNullElse(container.getRestartCount(), 0) == 0;
    }

    private static Optional<Instant> started(ContainerStatus container) {
        return Optional.ofNullable(container.getState())
                .map(ContainerState::getRunning)
                .map(ContainerStateRunning::getStartedAt)
                .map(Instant::parse);
    }

    /** Longer than any probe that its user allowed. */
    private static Duration grace(Pod pod, String name) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(name))
                .findFirst()
                .map(container -> allowed(container.getStartupProbe()).plus(ready(container)))
                .filter(allowed -> allowed.compareTo(AT_LEAST) > 0)
                .orElse(AT_LEAST);
    }

    private static Duration ready(Container container) {
        return allowed(container.getReadinessProbe());
    }

    /** initialDelay + period × threshold, and Kubernetes' defaults of 0, 10 and 3. */
    private static Duration allowed(@Nullable Probe probe) {
        return probe == null
                ? Duration.ZERO
                : Duration.ofSeconds(orElse(probe.getInitialDelaySeconds(), 0)
                        + (long) orElse(probe.getPeriodSeconds(), 10)
                                * Math.max(
                                        orElse(probe.getFailureThreshold(), 3),
                                        orElse(probe.getSuccessThreshold(), 1)));
    }

    private static int orElse(@Nullable Integer given, int otherwise) {
        return given == null || given == 0 ? otherwise : given;
    }
}
