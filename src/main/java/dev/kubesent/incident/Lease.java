package dev.kubesent.incident;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;

/**
 * Who works on an incident.
 *
 * @param holder the process that works on it
 * @param until when the work may be taken over
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Lease(
        String holder,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant until) {

    /** A lease without an end, which only somebody else can have written, holds nothing. */
    boolean holdsAt(Instant now) {
        return until != null && until.isAfter(now);
    }
}
