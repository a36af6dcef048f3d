package dev.kubesent.time;

import java.time.Duration;
import java.time.Instant;

/** What is believed of a time that another process wrote, or this one before its clock was put right. */
public final class Skew {

    /** How far the clocks of two nodes may differ; NTP keeps them within some milliseconds. A time further in the future was written by a clock that is wrong. */
    public static final Duration MOST = Duration.ofMinutes(1);

    private Skew() {}

    /** Whether it was less than this long ago. A time of the future, beyond the skew, was not: what waits for it would wait until then. */
    public static boolean isWithin(Instant at, Duration length, Instant now) {
        return at.plus(length).isAfter(now) && !isOfTheFuture(at, now);
    }

    /** Whether the clock that wrote it is wrong, or ours. */
    public static boolean isOfTheFuture(Instant at, Instant now) {
        return at.isAfter(now.plus(MOST));
    }
}
