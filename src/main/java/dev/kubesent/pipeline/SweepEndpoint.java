package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Sweep.Swept;
import dev.kubesent.pipeline.work.Work;
import java.time.Clock;
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

    private final Sweep sweep;
    private final Work work;
    private final Clock clock;
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);
    private final AtomicBoolean running = new AtomicBoolean();

    public SweepEndpoint(Sweep sweep, Work work, Clock clock) {
        this.sweep = sweep;
        this.work = work;
        this.clock = clock;
    }

    /** Never throws. */
    public Reply answer(Request request) {
        if (last.get() > clock.millis() - AT_MOST_EVERY.toMillis() || !running.compareAndSet(false, true)) {
            return Reply.empty(204);
        }
        try {
            return work.run(this::sweep, Reply.empty(202));
        } catch (RejectedExecutionException e) {
            running.set(false);
            return Replies.tryAgain(String.valueOf(e.getMessage()));
        }
    }

    /** The same for this process's own clock. @return whether one begins; not where one is under way, or has just ended, or there is no room for it */
    public boolean begins() {
        var status = answer(new Request(Map.of(), new byte[0])).status();
        return status == 200 || status == 202;
    }

    private Reply sweep() {
        try {
            return Replies.swept(told(sweep.run()));
        } catch (ClusterException e) {
            LOG.warn("a sweep was cut short, the next begins anew: {}", e.getMessage());
            return Replies.tryAgain(Replies.said(e));
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, in a sweep", e);
            return Replies.tryAgain("an internal error; the log has it");
        } finally {
            last.set(clock.millis());
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
