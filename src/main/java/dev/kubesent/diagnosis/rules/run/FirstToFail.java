package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Another container of the pod that failed a moment before this one did: of two that fall together, the first is mostly the cause and the
 * other its victim. Two that crash for reasons of their own may do so too, which is why it is told, and decides nothing.
 */
public final class FirstToFail {

    /** An app that loses its sidecar, or a sidecar whose app is gone, ends within seconds. */
    private static final Duration A_MOMENT = Duration.ofSeconds(30);

    private FirstToFail() {}

    public static Optional<Quote> of(Evidence evidence) {
        return evidence.failure().crash().flatMap(crash -> of(evidence, crash));
    }

    private static Optional<Quote> of(Evidence evidence, Failure.CrashLoop crash) {
        var last = crash.last();
        return last.finished().flatMap(end -> before(evidence, crash.subject().container(), last.started(), end));
    }

    private record End(String container, ContainerStateTerminated how, Instant at) {}

    private static Optional<Quote> before(Evidence evidence, String own, Optional<Instant> started, Instant end) {
        var status = evidence.pod().getStatus();
        return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .flatMap(List::stream)
                .filter(other -> !other.getName().equals(own))
                .flatMap(FirstToFail::ends)
                .filter(other ->
                        other.at().isBefore(end) && other.at().plus(A_MOMENT).isAfter(end))
                .filter(other -> started.filter(other.at()::isBefore).isEmpty())
                .min(Comparator.comparing(End::at))
                .map(first -> new Quote(
                        Source.STATUS,
                        "container %s failed first, %d s before it: %s, exit code %d"
                                .formatted(
                                        first.container(),
                                        Duration.between(first.at(), end).toSeconds(),
                                        Objects.requireNonNullElse(first.how().getReason(), "Error"),
                                        first.how().getExitCode())));
    }

    private static Stream<End> ends(ContainerStatus container) {
        return Stream.of(
                        Optional.ofNullable(container.getState()).map(ContainerState::getTerminated),
                        Optional.ofNullable(container.getLastState()).map(ContainerState::getTerminated))
                .flatMap(Optional::stream)
                .filter(end -> end.getExitCode() != null && end.getExitCode() != 0 && end.getFinishedAt() != null)
                .map(end -> new End(container.getName(), end, Instant.parse(end.getFinishedAt())));
    }
}
