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
 * @param reason one word: the phase, except for Parked
 * @param message what it means here, in a sentence
 * @param observedGeneration the generation of the incident's spec when this was written
 * @param lastTransitionTime when the status became this one
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
