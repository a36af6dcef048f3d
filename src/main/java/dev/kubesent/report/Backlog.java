package dev.kubesent.report;

import dev.kubesent.api.v1alpha1.Incident;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is told until whoever counts and traces is there: a process that an event has started heals before that, and may end before anybody asks for a
 * figure. Then it is told all of it, and from then on at once. Safe for several threads.
 */
public final class Backlog implements Reporter {

    /** Of more than that the newest is not told. */
    static final int MOST = 10_000;

    /** Of incidents, which have up to 50 KB each. */
    static final int INCIDENTS = 500;

    /**
     * From here on somebody is to come: one act has some fifteen words, five of them about its incident. Whoever comes takes a second of a processor and 50 MiB, which is more than these take: a
     * storm is no time for that.
     */
    static final int LONG = 1_500;

    static final int MANY_INCIDENTS = 300;

    private final Queue<Consumer<Reporter>> kept = new ArrayDeque<>();
    private final Map<EventOutcome, Integer> events = new EnumMap<>(EventOutcome.class);
    private int incidents;
    private volatile Runnable isLong = () -> {};
    private final ReentrantLock joining = new ReentrantLock();
    private volatile @Nullable Reporter there;

    /** Once. @param reporter is told from now on, first what is kept */
    public void join(Reporter reporter) {
        joining.lock();
        try {
            kept.forEach(one -> one.accept(reporter));
            kept.clear();
            events.forEach((outcome, times) -> IntStream.range(0, times).forEach(_ -> reporter.handled(outcome)));
            events.clear();
            there = reporter;
        } finally {
            joining.unlock();
        }
    }

    /** @param told when as much is kept as {@link #LONG} or {@link #MANY_INCIDENTS} says, perhaps more than once */
    public void whenLong(Runnable told) {
        isLong = told;
    }

    @Override
    public void tell(Finished finished) {
        pass(reporter -> reporter.tell(finished), true);
    }

    @Override
    public void moved(Incident incident) {
        pass(reporter -> reporter.moved(incident), true);
    }

    @Override
    public void handled(EventOutcome outcome) {
        var reporter = there;
        if (reporter == null) {
            reporter = counted(outcome);
        }
        if (reporter != null) {
            reporter.handled(outcome);
        }
    }

    @Override
    public void swept() {
        pass(Reporter::swept);
    }

    @Override
    public void took(Stage stage, Duration time, String error) {
        pass(reporter -> reporter.took(stage, time, error));
    }

    /** A stage that begins before anybody can follow it is told when it has ended. */
    @Override
    public StageSpan begun(Stage stage, String incident) {
        var reporter = there;
        return reporter == null ? new Timed(this, stage) : reporter.begun(stage, incident);
    }

    /** Of events there are many: they are counted here, and not kept. @return who came meanwhile */
    private @Nullable Reporter counted(EventOutcome outcome) {
        joining.lock();
        try {
            if (there == null) {
                events.merge(outcome, 1, Integer::sum);
            }
            return there;
        } finally {
            joining.unlock();
        }
    }

    private void pass(Consumer<Reporter> what) {
        pass(what, false);
    }

    private void pass(Consumer<Reporter> what, boolean hasIncident) {
        var reporter = there;
        if (reporter == null) {
            keep(what, hasIncident);
        } else {
            what.accept(reporter);
        }
    }

    private void keep(Consumer<Reporter> what, boolean hasIncident) {
        joining.lock();
        try {
            var reporter = there;
            if (reporter != null) {
                what.accept(reporter);
            } else if (kept.size() < MOST && !(hasIncident && incidents >= INCIDENTS)) {
                kept.add(what);
                incidents += hasIncident ? 1 : 0;
                if (kept.size() >= LONG || incidents >= MANY_INCIDENTS) {
                    isLong.run();
                }
            }
        } finally {
            joining.unlock();
        }
    }

    private static final class Timed implements StageSpan {

        private final Reporter told;
        private final Stage stage;
        private final long begun = System.nanoTime();
        private String error = NO_ERROR;

        Timed(Reporter told, Stage stage) {
            this.told = told;
            this.stage = stage;
        }

        @Override
        public void failed(RuntimeException e) {
            error = e.getClass().getSimpleName();
        }

        @Override
        public void close() {
            told.took(stage, Duration.ofNanos(System.nanoTime() - begun), error);
        }
    }
}
