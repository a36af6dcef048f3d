package dev.kubesent.function.http;

import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Whether the application is needed: for a request that nothing else answers, or for what is to be counted. Safe for several threads. */
final class Need {

    private enum State {
        NOT_YET,
        NEEDED,
        /** The process ends without one. */
        ENDING
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.NOT_YET);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Ticks ticks;
    private volatile long since;

    Need(Ticks ticks) {
        this.ticks = ticks;
    }

    /** It is needed. @return false where there will be none, as the process ends */
    boolean tell() {
        if (state.get() == State.NOT_YET) {
            since = ticks.nanos();
            state.compareAndSet(State.NOT_YET, State.NEEDED);
            told.countDown();
        }
        return state.get() == State.NEEDED;
    }

    /** Returns when it is needed, or the process ends. @return whether it is needed */
    boolean await() throws InterruptedException {
        told.await();
        return state.get() == State.NEEDED;
    }

    /** The process ends. @return whether without an application */
    boolean end() {
        state.compareAndSet(State.NOT_YET, State.ENDING);
        told.countDown();
        return state.get() == State.ENDING;
    }

    boolean lasts(Duration longest) {
        return state.get() == State.NEEDED && ticks.isOver(since, longest);
    }
}
