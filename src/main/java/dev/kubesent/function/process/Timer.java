package dev.kubesent.function.process;

import dev.kubesent.pipeline.work.Later;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@link Later} by one thread of this process. */
public final class Timer implements Later {

    /** What is to be done at once comes behind an event's answer, and so does the next event of a source: that one has the processors first (docs/evidence/wake.md). */
    static final Duration MOMENT = Duration.ofMillis(150);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("resumption").factory());

    @Override
    public void in(Duration delay, Runnable what) {
        try {
            var wait = delay.isZero() ? MOMENT : delay;
            var _ = thread.schedule(what, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Shutting down: the next process makes a round when it starts.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
