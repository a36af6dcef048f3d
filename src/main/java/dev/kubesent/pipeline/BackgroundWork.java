package dev.kubesent.pipeline;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answer first: the source sends one event at a time and waits for each answer, so whoever works first stalls the whole
 * cluster's events. Bounded, so that a storm is answered with 503 and not with an endless queue.
 */
public final class BackgroundWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);

    private final Workers threads = new Workers("healing");
    private final Semaphore places;
    private final Duration drain;

    /** @param most incidents worked on at the same time @param drain how long to wait for them when closing */
    public BackgroundWork(int most, Duration drain) {
        this.places = new Semaphore(most);
        this.drain = drain;
    }

    @Override
    public <T> T run(Supplier<T> healing, T meanwhile) {
        if (!places.tryAcquire()) {
            throw new RejectedExecutionException("as many incidents as allowed are being worked on");
        }
        try {
            threads.execute(() -> heal(healing));
        } catch (RejectedExecutionException e) {
            places.release();
            throw e;
        }
        return meanwhile;
    }

    @Override
    public boolean isBehindTheAnswer() {
        return true;
    }

    @Override
    public void close() {
        if (!threads.close(drain)) {
            LOG.warn("some work was not finished within {}; it is resumed from its intent", drain);
        }
    }

    private void heal(Supplier<?> healing) {
        try {
            var _ = healing.get();
        } catch (RuntimeException e) {
            // Nobody waits for this answer any more. The incident stands unfinished; Resumption takes it up again.
            LOG.warn("the work on an incident was interrupted: {}", e.toString());
        } catch (Error e) {
            // Nothing would tell of it: the thread ends, and with OutOfMemoryError perhaps the process.
            LOG.error("the work on an incident ended with an error of the machine", e);
            throw e;
        } finally {
            places.release();
        }
    }
}
