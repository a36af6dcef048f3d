package dev.kubesent.cleanup;

import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** Since when a file counts as old. A day has 24 hours, whatever the clocks on the wall do. @param cutoff itself is not yet old */
record Age(Instant cutoff) {

    static Age of(int days, Instant now) {
        return new Age(now.minus(Duration.ofDays(days)));
    }

    /** @param seconds since 1970 */
    boolean isOld(long seconds, int nanos) {
        return seconds < cutoff.getEpochSecond() || (seconds == cutoff.getEpochSecond() && nanos < cutoff.getNano());
    }

    boolean isOld(FileTime modified) {
        return modified.toInstant().isBefore(cutoff);
    }
}
