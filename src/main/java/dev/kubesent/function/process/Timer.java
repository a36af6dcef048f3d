package dev.kubesent.function.process;

import dev.kubesent.pipeline.work.Later;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@link Later} by one thread of this process. */
public final class Timer implements Later {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("resumption").factory());

    @Override
    public void in(Duration delay, Runnable what) {
        try {
            var _ = thread.schedule(what, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Shutting down: the next process makes a round when it starts.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
