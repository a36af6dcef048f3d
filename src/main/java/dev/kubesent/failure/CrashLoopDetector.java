package dev.kubesent.failure;

import dev.kubesent.failure.Failure.CrashLoop;
import dev.kubesent.failure.Failure.Moment;
import java.util.Optional;
import java.util.Set;

/** A container that does not stay up, also when it is seen between two restarts. One crash alone is not yet a loop. */
final class CrashLoopDetector implements Detector {

    private static final String CRASH_LOOP_BACK_OFF = "CrashLoopBackOff";

    /** Of these the waiting message tells, and not how an earlier run ended (kubelet, kuberuntime_container.go). */
    private static final Set<String> NOT_STARTED = Set.of(
            "RunContainerError",
            "CreateContainerError",
            "CreateContainerConfigError",
            "PreCreateHookError",
            "PreStartHookError",
            "PostStartHookError");

    /** Seen running, a container may be on its way up: only from the second restart on is it a loop. */
    private static final int RESTARTS_OF_A_LOOP = 2;

    @Override
    public Optional<Failure> detect(ContainerView container) {
        return inWaiting(container).or(() -> inTerminated(container)).or(() -> inRunning(container));
    }

    private static Optional<Failure> inWaiting(ContainerView container) {
        return container.waiting().flatMap(waiting -> {
            var reason = ContainerView.reason(waiting);
            if (NOT_STARTED.contains(reason)) {
                var never = Termination.notStarted(reason, ContainerView.message(waiting), container.last());
                return Optional.of(new CrashLoop(container.subject(), never, Moment.WAITING));
            }
            if (!reason.equals(CRASH_LOOP_BACK_OFF)) {
                return Optional.empty();
            }
            var last = container.last().orElseGet(() -> Termination.neverRan(reason, ContainerView.message(waiting)));
            return Optional.of(new CrashLoop(container.subject(), last, Moment.WAITING));
        });
    }

    private static Optional<Failure> inTerminated(ContainerView container) {
        return container
                .terminated()
                .filter(container::isCrash)
                .filter(end -> container.restarts() == ContainerView.Restarts.NEVER || crashedBefore(container, end))
                .map(end -> new CrashLoop(container.subject(), end, Moment.TERMINATED));
    }

    private static Optional<Failure> inRunning(ContainerView container) {
        if (!container.running() || container.subject().restarts() < RESTARTS_OF_A_LOOP) {
            return Optional.empty();
        }
        return container
                .last()
                .filter(container::isCrash)
                .filter(last -> last.within(RECOVERED_AFTER, container.now()))
                .map(last -> new CrashLoop(container.subject(), last, Moment.RUNNING_AGAIN));
    }

    private static boolean crashedBefore(ContainerView container, Termination end) {
        return container.subject().restarts() >= 1
                && end.lived()
                        .map(lived -> lived.compareTo(RECOVERED_AFTER) < 0)
                        .orElse(true);
    }
}
