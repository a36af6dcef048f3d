package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.pipeline.work.Later;
import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what was cut short, in this process or in one before. A round is made at start, then with whatever event comes,
 * at most once a minute, and for as long as anything has work left, every minute by itself: a pod that was deleted and not
 * yet created again has no event of its own to bring it back.
 */
public final class Resumption {

    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    /** One list of incidents for each; half a lease. */
    private static final Duration EVERY = Duration.ofMinutes(1);

    /** In which some of the work that waits is done. */
    private static final Duration SOON = Duration.ofSeconds(2);

    /** Beyond the second in which something is due: where the time of day is corrected meanwhile, a timer is early by that. */
    private static final Duration NOT_EARLY = Duration.ofMillis(50);

    private final Pipeline pipeline;
    private final Ticks ticks;
    private final Later later;
    private final BooleanSupplier works;
    private final AtomicLong last;
    private final AtomicBoolean pending = new AtomicBoolean();
    private final AtomicBoolean soon = new AtomicBoolean();
    private final AtomicBoolean due = new AtomicBoolean();
    private final Set<RecentFailures.Ref> looks = ConcurrentHashMap.newKeySet();

    public Resumption(Pipeline pipeline, Ticks ticks, Later later) {
        this(pipeline, ticks, later, () -> true);
    }

    /** @param works whether it is this process that goes on with what is unfinished, and not another one that leads */
    public Resumption(Pipeline pipeline, Ticks ticks, Later later, BooleanSupplier works) {
        this.works = works;
        this.pipeline = pipeline;
        this.ticks = ticks;
        this.last = new AtomicLong(ticks.before(EVERY));
        this.later = later;
    }

    /** Has a round made, unless one was made less than a minute ago; nobody's answer waits for it. */
    public void resume() {
        var before = last.get();
        if (ticks.isOver(before, EVERY) && last.compareAndSet(before, ticks.nanos())) {
            later.in(Duration.ZERO, this::round);
        } else {
            again();
        }
    }

    /** Has a round made in a moment: there was more to do than room for it. Once, whatever number of events ask for it. */
    void soon() {
        if (soon.compareAndSet(false, true)) {
            later.in(SOON, () -> {
                soon.set(false);
                round();
            });
        }
    }

    /** Has a change that is watched looked at in a moment: once, whatever number of events ask for it. */
    void lookAt(RecentFailures.Ref watched) {
        if (looks.add(watched)) {
            later.in(RecentFailures.LOOKED_AT_EVERY, () -> {
                looks.remove(watched);
                look(watched);
            });
        }
    }

    /** Nobody waits for what the timer does, so that nothing would tell of a defect in it. */
    private void look(RecentFailures.Ref watched) {
        try {
            pipeline.lookAt(watched);
        } catch (RejectedExecutionException e) {
            LOG.info("{} is looked at later: {}", watched.name(), e.getMessage());
            again();
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, at a look at {}", watched.name(), e);
            again();
        }
    }

    /** One more round is due, and only one: what this event may have begun has to be looked after. */
    private void again() {
        if (pending.compareAndSet(false, true)) {
            later.in(EVERY, () -> {
                pending.set(false);
                resume();
            });
        }
    }

    /**
     * Has a round made when the time of the next incident is over that was given some. What this very round has begun to judge is looked after in a moment; of what
     * is overdue for longer the rounds are enough.
     */
    private void whenDue(Duration wait) {
        var isNear = wait.compareTo(EVERY) < 0 && wait.plus(EVERY).isPositive();
        if (isNear && due.compareAndSet(false, true)) {
            later.in(wait.isPositive() ? wait.plus(NOT_EARLY) : SOON, () -> {
                due.set(false);
                round();
            });
        }
    }

    private void round() {
        if (!works.getAsBoolean()) {
            return; // whoever leads makes its own
        }
        try {
            var unfinished = pipeline.resume("");
            if (pipeline.hasLeftWork()) {
                soon();
            }
            var wait = pipeline.untilJudged();
            if (unfinished > 0 || wait.isPresent()) {
                again();
            }
            wait.ifPresent(this::whenDue);
        } catch (ClusterException | RejectedExecutionException e) {
            LOG.info("what was cut short is taken up later: {}", e.getMessage());
            again();
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, while taking up what was cut short", e);
            again();
        }
    }
}
