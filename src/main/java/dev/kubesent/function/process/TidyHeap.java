package dev.kubesent.function.process;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.management.NotificationEmitter;

/**
 * Has old objects that are dead collected while they are few. The serial collector lets its old generation grow to the whole heap before it looks
 * at it once, and what it has grown to stays in the pod's memory: of a thousand broken workloads 40 MiB were alive, and the process took 400.
 *
 * <p>A collection takes about a tenth of a second on a core of its own, and is asked for when the old objects have grown by {@link #STEP} since
 * the last one, or by a quarter of what is alive. What is asked for takes a third of the time at the most: where memory is short for good,
 * collections cost more and free less. Other collectors look by themselves, and are left alone.
 */
public record TidyHeap(MemoryPoolMXBean old, MemoryMXBean memory) {

    /** Bytes of old objects that are always let be: 28 MiB. 26 are alive in a process that is idle, 36 after a thousand broken workloads (docs/evidence/herd.md). */
    static final long LEAST = 28L << 20;

    /** Bytes that may die between two collections, at the least: 8 MiB. */
    static final long STEP = 8L << 20;

    /** Of what is alive, the part that may die as well: one in so many. */
    private static final int PART = 4;

    /** Times as long as a collection took, until the next one is asked for. */
    private static final int PAUSE = 2;

    /** At the least: a JVM that was told to ignore the request (DisableExplicitGC) answers at once, and would be asked without end. */
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private static final String OF_SERIAL = "Tenured Gen";

    /** From now on, for this process; once more does nothing. */
    public static void begin() {
        if (BEGUN.getAndSet(true)) {
            return;
        }
        ofSerial().ifPresent(pool -> new TidyHeap(pool, ManagementFactory.getMemoryMXBean()).listen());
    }

    private void listen() {
        ((NotificationEmitter) memory)
                .addNotificationListener(
                        (_, _) -> tidy(),
                        notification -> MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED.equals(notification.getType()),
                        null);
        waitForMore();
    }

    private void tidy() {
        old.setUsageThreshold(0); // asks for nothing meanwhile
        var begun = System.nanoTime();
        memory.gc();
        var pause = Duration.ofNanos((System.nanoTime() - begun) * PAUSE);
        Thread.ofVirtual().name("tidy-heap").start(() -> {
            LockSupport.parkNanos(Math.max(pause.toNanos(), LEAST_PAUSE.toNanos()));
            waitForMore();
        });
    }

    private void waitForMore() {
        // What was alive at the last collection of the old ones; none is known before the first.
        var alive = Optional.ofNullable(old.getCollectionUsage())
                .map(MemoryUsage::getUsed)
                .orElse(0L);
        var usage = old.getUsage();
        var bound = Math.max(LEAST, alive + Math.max(STEP, alive / PART));
        if (usage.getMax() >= 0 && bound > usage.getMax()) {
            old.setUsageThreshold(usage.getMax()); // the collector looks by itself before that
        } else if (usage.getUsed() > bound) {
            tidy(); // it has come to that during the pause, and nothing may come after it
        } else {
            old.setUsageThreshold(bound);
        }
    }

    private static Optional<MemoryPoolMXBean> ofSerial() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(OF_SERIAL) && pool.isUsageThresholdSupported())
                .findFirst();
    }
}
