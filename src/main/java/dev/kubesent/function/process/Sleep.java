package dev.kubesent.function.process;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.remedy.engine.Pause;
import java.time.Duration;

/** Really waits. An interrupt, which is how a shutdown ends it, stops the act where it stands. */
public final class Sleep implements Pause {

    @Override
    public void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(ClusterException.Kind.UNREACHABLE, "shutting down while waiting", e);
        }
    }
}
