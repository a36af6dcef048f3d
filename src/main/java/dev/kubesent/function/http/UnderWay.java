package dev.kubesent.function.http;

import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The events and sweeps that are being answered while there is no application. Safe for several threads. */
public final class UnderWay {

    /** A source sends the next event when the one before has been answered. */
    private static final Duration MOMENT = Duration.ofMillis(40);

    /** A claim takes a third of it; where the API server does not answer, the start is not to wait for it. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** How often one came or was answered. */
    private final AtomicInteger moved = new AtomicInteger();

    private final AtomicInteger now = new AtomicInteger();
    private final Ticks ticks;

    UnderWay(Ticks ticks) {
        this.ticks = ticks;
    }

    void begun() {
        now.incrementAndGet();
        moved.incrementAndGet();
    }

    void done() {
        moved.incrementAndGet(); // first: who looks asks the other way round
        now.decrementAndGet();
    }

    /**
     * Lets them have the processors first, of which there are two: it returns when none is under way, and none came or was answered for a moment ({@link #MOMENT}), or
     * after {@link #PAUSE}.
     */
    public void giveWay() throws InterruptedException {
        long since = ticks.nanos();
        for (int seen = 0; isBusy(seen) && !ticks.isOver(since, PAUSE); Thread.sleep(MOMENT)) {
            seen = moved.get();
        }
    }

    private boolean isBusy(int seen) {
        return now.get() > 0 || moved.get() != seen;
    }

    /** As the process ends: returns when all that came before is answered. Who comes meanwhile gets 503, and is not waited for. */
    public void awaitEnd(Duration longest) throws InterruptedException {
        long since = ticks.nanos();
        while (now.get() > 0 && !ticks.isOver(since, longest)) {
            Thread.sleep(MOMENT);
        }
        Thread.sleep(MOMENT); // in which what was answered last is written
    }
}
