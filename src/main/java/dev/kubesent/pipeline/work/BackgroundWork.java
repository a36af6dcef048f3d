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
        this(most, drain, new Workers("healing", clock));
    }

    /** @param threads where the work runs */
    public BackgroundWork(int most, Duration drain, Workers threads) {
        this.threads = threads;
        this.shares = new FairShares(most);
        this.drain = drain;
    }

    @Override
    public <T> T run(Supplier<T> healing, T meanwhile) {
        return run(new Load("", 0, Order.NEW), healing, meanwhile);
    }

    @Override
    public <T> T run(Load load, Supplier<T> healing, T meanwhile) {
        return run(load, healing, meanwhile, () -> {});
    }

    @Override
    public <T> T run(Load load, Supplier<T> healing, T meanwhile, Runnable notBegun) {
        if (threads.isClosed()) {
            throw new RejectedExecutionException("shutting down");
        }
        var turn = new FairShares.Turn(load.namespace(), () -> heal(healing), notBegun);
        if (shares.atOnce(load.namespace())) {
            begin(turn);
        } else if (!shares.offer(turn, load.weigh().getAsInt(), load.order())) {
            throw new RejectedExecutionException("as much work as allowed waits already");
        }
        beginWhatMay(); // also where it found no thread: what came meanwhile waits for its place
        return meanwhile;
    }

    private void beginWhatMay() {
        for (var turn = shares.next(); turn.isPresent(); turn = shares.next()) {
            begin(turn.get());
        }
    }

    /** What cannot be begun is not: whoever asked for it is told, and the next round takes it up. Its place is free again, whatever was thrown. */
    private void begin(FairShares.Turn turn) {
        var isBegun = false;
        try {
            threads.execute(() -> work(turn));
            isBegun = true;
        } catch (RejectedExecutionException e) {
            LOG.warn("work of {} is left to the next round: {}", turn.namespace(), e.getMessage());
        } finally {
            if (!isBegun) {
                shares.done(turn.namespace());
                turn.notBegun().run();
            }
        }
    }

    private void work(FairShares.Turn turn) {
        try {
            turn.what().run();
        } finally {
            shares.done(turn.namespace());
            beginWhatMay();
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
