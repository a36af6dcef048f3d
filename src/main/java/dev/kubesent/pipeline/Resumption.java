package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.pipeline.work.Later;
import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.time.Instant;
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

    /** Beyond the second in which something is due: where the time of day is corrected meanwhile, a timer is early by that; and it counts whole milliseconds. */
    private static final Duration NOT_EARLY = Duration.ofMillis(50);

    private final Pipeline pipeline;
    private final Ticks ticks;
    private final Later later;
    private final BooleanSupplier works;
    private final AtomicLong last; // that was asked for with no other reason than that it is time
    private final AtomicBoolean pending = new AtomicBoolean();
    private final AtomicBoolean soon = new AtomicBoolean();
    private final Set<Instant> due = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastRound;
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
        this.lastRound = new AtomicLong(ticks.before(SOON));
        this.later = later;
        pipeline.whenGivenTime(this::whenDue);
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

    /** Has a round made in a moment: there was more to do than room for it, or something was given time until just now. Once, whatever number of events ask for it. */
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
     * Has a round made when the time is over that an incident was given. What was due less than a minute ago has perhaps only begun to be judged, and is
     * looked after in a moment; of what is overdue for longer the rounds are enough.
     */
    private void whenDue(Instant again) {
        again();
        var wait = pipeline.until(again);
        if (wait.isPositive()) {
            due.removeIf(
                    past -> !pipeline.until(past).isPositive()); // where nothing is done later, no timer takes them out
            if (wait.compareTo(EVERY) < 0 && due.add(again)) {
                later.in(wait.plus(NOT_EARLY), () -> {
                    due.remove(again);
                    dueRound();
                });
            }
        } else if (wait.plus(EVERY).isPositive()) {
            soon();
        }
    }

    /** Many times may end, each in a second of its own: one round in a moment is for all of them, where one was made just now. */
    private void dueRound() {
        if (soon.get() || !ticks.isOver(lastRound.get(), SOON)) {
            soon();
        } else {
            round();
        }
    }

    private void round() {
        if (!works.getAsBoolean()) {
            return; // whoever leads makes its own
        }
        lastRound.set(ticks.nanos());
        try {
            if (pipeline.resume("") > 0) {
                again();
            }
            if (pipeline.hasLeftWork()) {
                soon();
            }
        } catch (ClusterException | RejectedExecutionException e) {
            LOG.info("what was cut short is taken up later: {}", e.getMessage());
            again();
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, while taking up what was cut short", e);
            again();
        }
    }
}
