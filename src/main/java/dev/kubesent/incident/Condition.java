package dev.kubesent.incident;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.kubesent.redaction.Legible;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * As {@code metav1.Condition}.
 *
 * @param type {@code Parked}
 * @param status {@code True} or {@code False}
 * @param reason one word
 * @param lastTransitionTime since when the status is this one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant lastTransitionTime) {

    public Condition {
        message = Legible.line(Objects.requireNonNullElse(message, ""));
    }

    /** In the place of the one of its type; with that one's time, where the status is the same. */
    List<Condition> among(List<Condition> before) {
        var since = before.stream()
                .filter(other -> other.type().equals(type) && other.status().equals(status))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(lastTransitionTime);
        return Stream.concat(
                        before.stream().filter(other -> !other.type().equals(type)),
                        Stream.of(new Condition(type, status, reason, message, since)))
                .toList();
    }
}
