package dev.kubesent.failure;

import dev.kubesent.failure.Failure.Moment;
import dev.kubesent.failure.Failure.OomKilled;
import java.util.Optional;
import java.util.Set;

/** A container that the kernel killed for its memory, whether it is down, waits, or runs again. */
final class OomKilledDetector implements Detector {

    /** runc's text where not even the container's init process fitted; the reason is then StartError with exit code 128. */
    private static final String TOO_SMALL_TO_START = "container init was OOM-killed";

    private static final Set<String> NOT_CREATED = Set.of("RunContainerError", "CreateContainerError");

    @Override
    public Optional<Failure> detect(ContainerView container) {
        return inTerminated(container)
                .or(() -> inWaiting(container))
                .or(() -> inRunning(container))
                .map(oom -> oom);
    }

    private static Optional<OomKilled> inTerminated(ContainerView container) {
        return container.terminated().flatMap(end -> {
            if (isOom(end)) {
                return Optional.of(new OomKilled(container.subject(), end, Moment.TERMINATED));
            }
            // The runtime notes the kill and the OOM separately: the same kill shows as Error first
            // (containerd, internal/cri/server/events.go). An OOM right before it makes it the same story.
            return end.exitCode() == 137 ? oomBefore(container, Moment.TERMINATED) : Optional.empty();
        });
    }

    private static Optional<OomKilled> inWaiting(ContainerView container) {
        return container.waiting().flatMap(waiting -> {
            var message = ContainerView.message(waiting);
            if (NOT_CREATED.contains(ContainerView.reason(waiting)) && message.contains(TOO_SMALL_TO_START)) {
                var last = container
                        .last()
                        .filter(OomKilledDetector::isOom)
                        .orElseGet(() -> Termination.neverRan("StartError", message));
                return Optional.of(new OomKilled(container.subject(), last, Moment.WAITING));
            }
            return container
                    .last()
                    .filter(OomKilledDetector::isOom)
                    .map(last -> new OomKilled(container.subject(), last, Moment.WAITING));
        });
    }

    private static Optional<OomKilled> inRunning(ContainerView container) {
        return container.running()
                ? oomBefore(container, Moment.RUNNING_AGAIN).filter(oom -> !container.resizedSince(oom.last()))
                : Optional.empty();
    }

    private static Optional<OomKilled> oomBefore(ContainerView container, Moment moment) {
        return container
                .last()
                .filter(OomKilledDetector::isOom)
                .filter(last -> last.within(RECOVERED_AFTER, container.now()))
                .map(last -> new OomKilled(container.subject(), last, moment));
    }

    private static boolean isOom(Termination end) {
        return end.reason().equals("OOMKilled") || end.message().contains(TOO_SMALL_TO_START);
    }
}
