package dev.kubesent.pipeline.work;

import java.time.Duration;

/** Does something in a while, if the process lives that long. A port, so that tests need not wait. */
@FunctionalInterface
public interface Later {

    void in(Duration delay, Runnable what);
}
