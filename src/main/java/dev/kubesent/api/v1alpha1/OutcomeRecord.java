package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.kubesent.redaction.Legible;
import java.time.Instant;
import java.util.Objects;

/**
 * How the last act ended.
 *
 * @param detail what came of it, in a sentence
 * @param verification how it was confirmed; empty if nothing was changed
 * @param at when it ended
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OutcomeRecord(
        String detail,
        String verification,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {

    public OutcomeRecord {
        detail = Legible.line(Objects.requireNonNullElse(detail, ""));
        verification = Legible.line(Objects.requireNonNullElse(verification, ""));
    }
}
