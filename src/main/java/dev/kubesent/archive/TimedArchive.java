package dev.kubesent.archive;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.evidence.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for another archive no longer than so long: a write to a volume whose server is away never returns, and cannot be interrupted
 * (nfs(5), "hard"). While one hangs, a few wait behind it, and then nothing does.
 */
public final class TimedArchive implements Archive {

    private static final Logger LOG = LoggerFactory.getLogger(TimedArchive.class);

    /** Writes that may wait behind one that hangs: each has held up its incident for the whole time. */
    private static final int WAITING = 8;

    private final Archive real;
    private final Duration time;
    private final ExecutorService thread;

    /** @param time for one write */
    public TimedArchive(Archive real, Duration time) {
        this.real = real;
        this.time = time;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("archive").factory());
    }

    @Override
    public void keep(Incident incident, Evidence evidence) {
        try {
            inTime(() -> real.keep(incident, evidence));
        } catch (IOException e) {
            LOG.warn(
                    "the evidence of {} is not archived: {}",
                    incident.getMetadata().getName(),
                    e.getMessage());
        }
    }

    @Override
    public void keep(Incident incident) {
        try {
            inTime(() -> real.keep(incident));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void inTime(Runnable write) throws IOException {
        try {
            thread.submit(write).get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            throw new IOException("the archive has not answered for " + time.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
