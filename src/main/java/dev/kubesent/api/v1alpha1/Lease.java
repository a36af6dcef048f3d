package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.kubesent.time.Skew;
import java.time.Duration;
import java.time.Instant;

/**
 * Who works on an incident.
 *
 * @param holder the process that works on it
 * @param until when another process may take over the work
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Lease(
        String holder,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant until) {

    /**
     * How long a silent holder keeps an incident. Every step renews it; the longest wait between two steps, for a pod to
     * be gone, is bounded below that (remedy.pod.ReplacePod).
     */
    public static final Duration TERM = Duration.ofMinutes(2);

    /**
     * A lease without an end, which only somebody else can have written, holds nothing. One that ends later than any that is taken now was written by a
     * clock that runs ahead, or is read by one that is behind: it holds nothing either. What was deleted would stay so until then.
     */
    public boolean holdsAt(Instant now) {
        return until != null && until.isAfter(now) && !isOfTheFuture(now);
    }

    /** Whether no process whose clock is right can have taken it, one renewed just now among them. */
    public boolean isOfTheFuture(Instant now) {
        return until != null && Skew.isOfTheFuture(until.minus(TERM), now);
    }

    public String told(Instant now) {
        return "the lease of %s is not believed: it ends at %s, and one that is taken now at %s. The clock of one of the two nodes is wrong by %s: see to its NTP"
                .formatted(holder, until, now.plus(TERM), Duration.between(now.plus(TERM), until));
    }
}
