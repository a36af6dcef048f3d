package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what was cut short, in this process or in one before: at start, and then, driven by whatever event comes, at
 * most once a minute. A pod that was deleted and not yet created again has no event of its own to bring it back.
 */
public final class Resumption {

    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    /** One list of incidents for each; half a lease. */
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Pipeline pipeline;
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    public Resumption(Pipeline pipeline, Clock clock) {
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /** Does nothing where it was done less than a minute ago. Never throws: it is nobody's request. */
    public void resume() {
        var before = last.get();
        var now = clock.millis();
        if (before + EVERY.toMillis() > now || !last.compareAndSet(before, now)) {
            return;
        }
        try {
            var resumed = pipeline.resume("");
            if (!resumed.isEmpty()) {
                LOG.info("took up {} incidents that were cut short", resumed.size());
            }
        } catch (ClusterException | RejectedExecutionException e) {
            LOG.info("what was cut short is taken up later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, while taking up what was cut short", e);
        }
    }
}
