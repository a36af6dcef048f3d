package dev.kubesent.failure;

import dev.kubesent.failure.Failure.Initializing;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An init container that has been running for long, while all that comes after it waits. Whether it works or hangs, no status says. */
final class InitializingDetector {

    /** Longer than the waits that images bring along, and than most migrations: it is told, and nothing else. */
    private static final Duration LONG = Duration.ofMinutes(20);

    private InitializingDetector() {}

    static Optional<Failure> detect(Pod pod, Instant now) {
        var status = pod.getStatus();
        var isInitializing = status.getConditions().stream()
                .anyMatch(condition ->
                        "Initialized".equals(condition.getType()) && "False".equals(condition.getStatus()));
        if (!"Pending".equals(status.getPhase()) || !isInitializing) {
            return Optional.empty();
        }
        return status.getInitContainerStatuses().stream()
                .filter(container ->
                        Subjects.initRole(pod.getSpec(), container.getName()) == Subject.Role.INIT_CONTAINER)
                .flatMap(container -> since(container)
                        .filter(since -> since.plus(LONG).isBefore(now))
                        .map(since -> new Initializing(Subjects.of(pod, container, Subject.Role.INIT_CONTAINER), since))
                        .stream())
                .map(Failure.class::cast)
                .findFirst();
    }

    private static Optional<Instant> since(ContainerStatus container) {
        return Optional.ofNullable(container.getState())
                .map(ContainerState::getRunning)
                .map(ContainerStateRunning::getStartedAt)
                .map(Instant::parse);
    }
}
