package dev.kubesent.evidence;

import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.MicroTime;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A core/v1 Event about the pod, the last of its like. The liveness kill is one of type Normal, so type says nothing of weight. */
public record ObservedEvent(String reason, String message, String container, Optional<Instant> last) {

    public ObservedEvent {
        reason = ForeignText.message(reason);
        message = ForeignText.message(message);
    }

    /** Of a time that nobody told. */
    public ObservedEvent(String reason, String message, String container) {
        this(reason, message, container, Optional.empty());
    }

    public static ObservedEvent of(Event event) {
        var path = event.getInvolvedObject() == null
                ? null
                : event.getInvolvedObject().getFieldPath();
        return new ObservedEvent(
                Objects.requireNonNullElse(event.getReason(), ""),
                ForeignText.message(event.getMessage()),
                path == null ? "" : path.replaceAll("^spec\\.(init)?[cC]ontainers\\{(.*)}$", "$2"),
                lastSeen(event));
    }

    /** Since events.k8s.io/v1 a time stands in one of three places; the series counts what came after the first. */
    private static Optional<Instant> lastSeen(Event event) {
        var series = event.getSeries() == null ? null : event.getSeries().getLastObservedTime();
        return Stream.of(
                        Optional.ofNullable(series).map(MicroTime::getTime),
                        Optional.ofNullable(event.getLastTimestamp()),
                        Optional.ofNullable(event.getEventTime()).map(MicroTime::getTime))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Instant::parse);
    }

    /** Whether it was seen last before this moment; what has no time was not. */
    public boolean isOver(Instant moment) {
        return last.filter(moment::isAfter).isPresent();
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? message : reason + ": " + message;
    }

    /** Whether it may be about this container; the kubelet does not always say which. */
    public boolean mayConcern(String name) {
        return container.isEmpty() || container.equals(name);
    }
}
