package dev.kubesent.remedy.engine;

import java.time.Duration;

/** Lets time pass. A port, so that tests need not wait. */
@FunctionalInterface
public interface Pause {

    void pause(Duration duration);
}
