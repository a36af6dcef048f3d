package dev.kubesent.failure;

import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What a detector may look at: one container's status, without its nulls. */
record ContainerView(
        Subject subject,
        String image,
        Restarts restarts,
        ContainerStatus status,
        Optional<Instant> resized,
        Instant now) {

    /** When the kubelet starts this container again; for an init container "always" means until it succeeds. */
    enum Restarts {
        ALWAYS,
        ON_FAILURE,
        NEVER
    }

    /** Whether an end of a run is a failure: ending with 0 is one only for a container that is meant to run for ever. */
    boolean isCrash(Termination end) {
        return end.exitCode() != 0 || restarts == Restarts.ALWAYS;
    }

    /** Whether the pod has been given other resources since: what happened before is then no failure of what runs now. */
    boolean resizedSince(Termination end) {
        return resized.isPresent()
                && end.finished().filter(resized.get()::isBefore).isEmpty();
    }

    Optional<ContainerStateWaiting> waiting() {
        return Optional.ofNullable(status.getState()).map(ContainerState::getWaiting);
    }

    Optional<Termination> terminated() {
        return Optional.ofNullable(status.getState())
                .map(ContainerState::getTerminated)
                .map(Termination::of);
    }

    boolean running() {
        return status.getState() != null && status.getState().getRunning() != null;
    }

    /** How the run before the current state ended. */
    Optional<Termination> last() {
        ContainerStateTerminated last =
                status.getLastState() == null ? null : status.getLastState().getTerminated();
        return Optional.ofNullable(last).map(Termination::of);
    }

    static String reason(ContainerStateWaiting waiting) {
        return Objects.requireNonNullElse(waiting.getReason(), "");
    }

    static String message(ContainerStateWaiting waiting) {
        return ForeignText.message(waiting.getMessage());
    }
}
