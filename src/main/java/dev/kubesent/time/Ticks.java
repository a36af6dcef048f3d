package dev.kubesent.time;

import java.time.Duration;

/** What tells how long something takes, or is ago, in this process. Unlike a wall clock it never steps back: NTP may put a clock right by an hour. */
@FunctionalInterface
public interface Ticks {

    /** Nanoseconds since some moment; only the difference of two says something. */
    long nanos();

    static Ticks ofTheMachine() {
        return System::nanoTime;
    }

    /** @param begin as {@link #nanos} told it */
    default boolean isOver(long begin, Duration wait) {
        return nanos() - begin >= wait.toNanos();
    }

    /** Such that {@link #isOver} is true at once. */
    default long before(Duration wait) {
        return nanos() - wait.toNanos();
    }
}
