package dev.kubesent.pipeline.work;

import java.time.Duration;

/** Does something in a while, if the process lives that long. A port, so that tests need not wait. */
@FunctionalInterface
public interface Later extends AutoCloseable {

    void in(Duration delay, Runnable what);

    /** Nothing of it from now on. */
    @Override
    default void close() {}
}
