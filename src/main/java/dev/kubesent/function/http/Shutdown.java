package dev.kubesent.function.http;

import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.watch.Feed;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;

/**
 * Starts after, and stops before, the web server: on SIGTERM new events are answered with 503, which makes the source
 * send them again, while what is under way is finished; only then does the server stop listening.
 */
public final class Shutdown implements SmartLifecycle {

    private final EventEndpoint endpoint;
    private final Feed feed;
    private final Work work;
    private final AtomicBoolean running = new AtomicBoolean();

    public Shutdown(EventEndpoint endpoint, Feed feed, Work work) {
        this.endpoint = endpoint;
        this.feed = feed;
        this.work = work;
    }

    /** Also after a stop: Spring stops everything before a snapshot is taken of the process, and starts it again in each copy. */
    @Override
    public void start() {
        running.set(true);
        endpoint.open();
        feed.begin();
    }

    @Override
    public void stop() {
        feed.close(); // another one may lead from now on
        endpoint.close();
        work.close();
        running.set(false);
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    /** The highest phase is stopped first (SmartLifecycle); the web server's is 1024 below it. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
