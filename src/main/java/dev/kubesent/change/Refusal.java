package dev.kubesent.change;

import dev.kubesent.api.v1alpha1.RefusalReason;
import java.time.Instant;
import java.util.Optional;

/**
 * One reason why not.
 *
 * @param detail the facts behind it, for a person
 * @param until when it is over by itself, where that is known
 */
public record Refusal(RefusalReason reason, String detail, Optional<Instant> until) {

    public Refusal(RefusalReason reason, String detail) {
        this(reason, detail, Optional.empty());
    }

    @Override
    public String toString() {
        return reason + ": " + detail;
    }
}
