package dev.kubesent.pipeline.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Works before the answer, for one request at a time that has only so long: what is not begun by then is left to the next. Not begun is
 * better than cut short in the middle.
 */
public final class TimedWork implements Work {

    private final Duration time;
    private final Clock clock;
    private volatile Instant until;

    /** @param time from the begin of a request, in which something may be begun */
    public TimedWork(Duration time, Clock clock) {
        this.time = time;
        this.clock = clock;
        this.until = clock.instant().plus(time);
    }

    /** A request begins. */
    public void begin() {
        until = clock.instant().plus(time);
    }

    @Override
    public <T> T run(Supplier<T> healing, T meanwhile) {
        if (!clock.instant().isBefore(until)) {
            throw new RejectedExecutionException("no time is left in which to begin it");
        }
        return healing.get();
    }

    @Override
    public void close() {
        // nothing goes on behind an answer
    }
}
