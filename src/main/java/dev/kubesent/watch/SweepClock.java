package dev.kubesent.watch;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Has a sweep made at once, every five minutes, and whenever a watch may have missed something; what is asked for during one is the next. */
final class SweepClock implements Runnable {

    /** As knative/base/410-sweep.yaml has it: a pod that never becomes ready makes no event when its time is over. */
    private static final Duration EVERY = Duration.ofMinutes(5);

    /** Where one is under way, or was a moment ago. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** In which both watches ask for one, where both begin anew. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final BooleanSupplier sweep;
    private final Duration settled;
    private final BlockingQueue<Boolean> asked = new ArrayBlockingQueue<>(1);

    /** @param sweep has one made, and says whether it begins now */
    SweepClock(BooleanSupplier sweep) {
        this(sweep, SETTLED);
    }

    SweepClock(BooleanSupplier sweep, Duration settled) {
        this.sweep = sweep;
        this.settled = settled;
    }

    /** One is to begin after now. Never waits. */
    void ask() {
        var _ = asked.offer(true);
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(settled);
                asked.clear();
                if (sweep.getAsBoolean()) {
                    var _ = asked.poll(EVERY.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    Thread.sleep(AGAIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
