package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kubesent.redaction.Legible;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * As {@code metav1.Condition}.
 *
 * @param type {@code Healed}, {@code Proposed}, {@code Progressing}, {@code Reconciling}, {@code Stalled} or {@code Parked}
 * @param status {@code True} or {@code False}
 * @param reason one word: the phase, for the first five
 * @param message what is to be said of it, in a sentence
 * @param observedGeneration of the incident's spec when it was written
 * @param lastTransitionTime since when the status is this one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long observedGeneration,
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
                        Stream.of(new Condition(type, status, reason, message, observedGeneration, since)))
                .toList();
    }
}
