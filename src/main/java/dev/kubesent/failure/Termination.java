package dev.kubesent.failure;

import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param reason the runtime's word: Completed, Error, OOMKilled, StartError; empty where the kubelet knows none
 */
public record Termination(
        int exitCode, String reason, String message, Optional<Instant> started, Optional<Instant> finished) {

    private static final List<String> NOT_STARTED = List.of(
            "StartError",
            "ContainerCannotRun",
            "RunContainerError",
            "CreateContainerError",
            "CreateContainerConfigError",
            "PreCreateHookError",
            "PreStartHookError",
            "PostStartHookError");

    /** 126 and 127: a shell's "cannot execute" and "not found"; 128: containerd's "never started". */
    private static final List<Integer> NOT_EXECUTED = List.of(126, 127, 128);

    /** 128 + 9 and 128 + 15: how a shell and every runtime report SIGKILL and SIGTERM. */
    private static final List<Integer> KILLED = List.of(137, 143);

    public Termination {
        message = ForeignText.message(message);
    }

    /** A container that waits and shows no last run, because there never was one. */
    static Termination neverRan(String reason, String message) {
        return new Termination(128, reason, message, Optional.empty(), Optional.empty());
    }

    /** Not started again: why, and the times of the run before, which tell since when it fails. */
    static Termination notStarted(String reason, String message, Optional<Termination> before) {
        return new Termination(
                128, reason, message, before.flatMap(Termination::started), before.flatMap(Termination::finished));
    }

    public static Termination of(ContainerStateTerminated state) {
        return new Termination(
                Objects.requireNonNullElse(state.getExitCode(), 0),
                Objects.requireNonNullElse(state.getReason(), ""),
                ForeignText.message(state.getMessage()),
                time(state.getStartedAt()),
                time(state.getFinishedAt()));
    }

    /** Whether its program never ran. */
    public boolean neverStarted() {
        return NOT_STARTED.contains(reason);
    }

    /** Whether its number says that nothing could be executed. */
    public boolean couldNotExecute() {
        return NOT_EXECUTED.contains(exitCode);
    }

    public boolean wasKilled() {
        return KILLED.contains(exitCode);
    }

    /** As a status tells it. */
    public String of(String container) {
        var text = "container %s terminated: reason %s, exit code %d".formatted(container, reason, exitCode);
        return message.isBlank() ? text : text + ": " + message;
    }

    /** How long the run lived; empty where a time is missing, or is the epoch that containerd writes for "never started". */
    public Optional<Duration> lived() {
        return started.filter(s -> s.getEpochSecond() > 0).flatMap(s -> finished.map(f -> Duration.between(s, f)));
    }

    /** Whether it ended less than {@code window} before {@code now}. */
    boolean within(Duration window, Instant now) {
        return finished.map(f -> f.plus(window).isAfter(now)).orElse(false);
    }

    private static Optional<Instant> time(@Nullable String rfc3339) {
        if (rfc3339 == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(rfc3339));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
