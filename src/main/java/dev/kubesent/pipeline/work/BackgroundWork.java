package dev.kubesent.pipeline.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answer first: the source sends one event at a time and waits for each answer, so whoever works first stalls the whole
 * cluster's events. Bounded, so that a storm is answered with 503 and not with an endless queue; and shared between namespaces.
 *
 * @see FairShares
 */
public final class BackgroundWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);

    private final Workers threads;
    private final FairShares shares;
    private final Duration drain;

    /** @param most incidents worked on at the same time @param drain how long to wait for them when closing */
    public BackgroundWork(int most, Duration drain, Clock clock) {
        this.threads = new Workers("healing", clock);
        this.shares = new FairShares(most);
        this.drain = drain;
    }

    @Override
    public <T> T run(Supplier<T> healing, T meanwhile) {
        return run(new Load("", 0, Order.NEW), healing, meanwhile);
    }

    @Override
    public <T> T run(Load load, Supplier<T> healing, T meanwhile) {
        if (threads.isClosed()) {
            throw new RejectedExecutionException("shutting down");
        }
        if (!shares.offer(load, () -> heal(healing))) {
            throw new RejectedExecutionException("as much work as allowed waits already");
        }
        beginWhatMay();
        return meanwhile;
    }

    private void beginWhatMay() {
        for (var turn = shares.next(); turn.isPresent(); turn = shares.next()) {
            begin(turn.get());
        }
    }

    /** What waits when we are shut down is not begun any more: its incident is written, and the next process takes it up. */
    private void begin(FairShares.Turn turn) {
        try {
            threads.execute(() -> {
                try {
                    turn.what().run();
                } finally {
                    shares.done(turn.namespace());
                    beginWhatMay();
                }
            });
        } catch (RejectedExecutionException e) {
            shares.done(turn.namespace());
            LOG.info("work of {} is left to whoever is up next: shutting down", turn.namespace());
        }
    }

    @Override
    public boolean hasRoom(String namespace, Order order) {
        return shares.hasRoom(namespace, order);
    }

    @Override
    public Optional<Instant> runsSince() {
        return threads.runsSince();
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
        }
    }
}
