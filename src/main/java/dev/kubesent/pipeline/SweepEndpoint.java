package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Sweep.Swept;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Origin;
import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /sweep}: what a PingSource sends to. What is in the request does not matter; that it came does. Whoever can
 * reach it can have one sweep made in a while, and no more.
 */
public final class SweepEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(SweepEndpoint.class);

    /** From the end of one to the begin of the next: a sweep reads all pods in scope. */
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);

    /** After which another one may be asked for, where this one has not begun. */
    private static final Duration BEGINS_WITHIN = Duration.ofMinutes(1);

    private final Sweep sweep;
    private final Work work;
    private final Ticks ticks;
    private final Origin origin;
    private final AtomicLong last;
    private final AtomicLong asked;
    private final AtomicBoolean running = new AtomicBoolean();

    public SweepEndpoint(Sweep sweep, Work work, Ticks ticks, Origin origin) {
        this.sweep = sweep;
        this.work = work;
        this.ticks = ticks;
        this.origin = origin;
        this.last = new AtomicLong(ticks.before(AT_MOST_EVERY));
        this.asked = new AtomicLong(ticks.before(BEGINS_WITHIN));
    }

    /** Throws nothing but errors of the machine, after which the next one begins nevertheless. */
    public Reply answer(Request request) {
        if (running.get() || !ticks.isOver(last.get(), AT_MOST_EVERY) || !isAskedFirst()) {
            return Reply.empty(204);
        }
        var isTaken = false;
        try {
            var reply = work.run(this::sweep, Reply.empty(202));
            isTaken = true;
            return reply;
        } catch (RejectedExecutionException e) {
            return Replies.tryAgain(String.valueOf(e.getMessage()));
        } finally {
            if (!isTaken) {
                asked.set(ticks.before(BEGINS_WITHIN));
            }
        }
    }

    /** Whether none waits for its begin. One that waits for long may never begin: where no thread can be started, what waited is given up. */
    private boolean isAskedFirst() {
        var before = asked.get();
        return ticks.isOver(before, BEGINS_WITHIN) && asked.compareAndSet(before, ticks.nanos());
    }

    /** The same for this process's own clock. @return whether one begins; not where one is under way, or has just ended, or there is no room for it */
    public boolean begins() {
        var status = answer(new Request(Map.of(), new byte[0])).status();
        return status == 200 || status == 202;
    }

    private Reply sweep() {
        if (!running.compareAndSet(false, true)) {
            return Reply.empty(204); // one that waited longer than it may
        }
        try {
            return Replies.swept(told(sweep.run()), origin);
        } catch (ClusterException e) {
            LOG.warn("a sweep was cut short, the next begins anew: {}", e.getMessage());
            return Replies.tryAgain(Replies.said(e));
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, in a sweep", e);
            return Replies.tryAgain("an internal error; the log has it");
        } finally {
            last.set(ticks.nanos());
            asked.set(ticks.before(BEGINS_WITHIN));
            running.set(false);
        }
    }

    private static Swept told(Swept swept) {
        LOG.info(
                "swept unfinished={} pods={} failing={} lost={} closed={} deleted={}",
                swept.unfinished(),
                swept.pods(),
                swept.failing(),
                swept.lost(),
                swept.closed(),
                swept.deleted());
        return swept;
    }
}
