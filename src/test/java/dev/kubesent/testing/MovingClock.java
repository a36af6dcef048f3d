package dev.kubesent.testing;

import dev.kubesent.time.Ticks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until a scenario's next step. */
public final class MovingClock extends Clock implements Ticks {

    private volatile Instant now;
    private volatile long nanos;

    public MovingClock(Instant now) {
        this.now = now;
    }

    /** A step back is one of the time of day only: what has passed has passed. */
    public void forward(Duration duration) {
        now = now.plus(duration);
        nanos += Math.max(0, duration.toNanos());
    }

    @Override
    public long nanos() {
        return nanos;
    }

    /** Of a clock that never steps back. */
    public static Ticks ticks(Clock clock) {
        return clock instanceof Ticks both ? both : () -> clock.millis() * 1_000_000;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody here needs a zone");
    }
}
