package dev.kubesent.remedy;

import java.time.Duration;

/** Lets time pass. A port, so that tests need not wait. */
@FunctionalInterface
public interface Pause {

    void pause(Duration duration);
}
