package dev.kubesent.incident;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Objects;

/**
 * A person's word, as it was read from the incident's managedFields.
 *
 * @param by the field manager that set {@code spec.approved}
 * @param at when it was set
 * @param generation generation of the incident, which moves with its spec alone: the same word is read once
 * @param fingerprint of what was proposed at that time, or of what the word names: it is for this, and for nothing else
 * @param used whether it was acted upon; it counts no more then
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApprovalRecord(
        String by,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
        long generation,
        String fingerprint,
        boolean used) {

    public ApprovalRecord {
        fingerprint = Objects.requireNonNullElse(fingerprint, ""); // of an older version, which compared the text
    }

    ApprovalRecord spent() {
        return new ApprovalRecord(by, at, generation, fingerprint, true);
    }
}
