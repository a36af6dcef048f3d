package dev.kubesent.incident;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;

/**
 * A person's word, as it was read from the incident's managedFields.
 *
 * @param by the field manager that set {@code spec.approved}
 * @param generation of the incident, which moves with its spec alone: the same word is read once
 * @param change what was proposed at that time: the word is for this, and for nothing else
 * @param used whether it was acted upon; it counts no more then
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApprovalRecord(
        String by,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
        long generation,
        String change,
        boolean used) {

    ApprovalRecord spent() {
        return new ApprovalRecord(by, at, generation, change, true);
    }
}
