package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Sweep.Swept;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /sweep}: what a PingSource sends to. What is in the request does not matter; that it came does. Whoever can
 * reach it can have one sweep made in a while, and no more.
 */
public final class SweepEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(SweepEndpoint.class);

    /** A sweep reads all pods in scope; more often than this, nobody needs it. */
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);

    private final Sweep sweep;
    private final Work work;
    private final Clock clock;
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

    public SweepEndpoint(Sweep sweep, Work work, Clock clock) {
        this.sweep = sweep;
        this.work = work;
        this.clock = clock;
    }

    /** Never throws. */
    public Reply answer(Request request) {
        var before = last.get();
        var now = clock.millis();
        if (before > now - AT_MOST_EVERY.toMillis() || !last.compareAndSet(before, now)) {
            return Reply.empty(204);
        }
        try {
            return work.run(() -> Replies.swept(told(sweep.run())), Reply.empty(202));
        } catch (ClusterException | RejectedExecutionException e) {
            last.set(before);
            LOG.warn("no sweep: {}", e.getMessage());
            return Replies.tryAgain(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, in a sweep", e);
            return Replies.tryAgain("an internal error; the log has it");
        }
    }

    private static Swept told(Swept swept) {
        LOG.info(
                "swept unfinished={} pods={} failing={} closed={} deleted={}",
                swept.unfinished(),
                swept.pods(),
                swept.failing(),
                swept.closed(),
                swept.deleted());
        return swept;
    }
}
