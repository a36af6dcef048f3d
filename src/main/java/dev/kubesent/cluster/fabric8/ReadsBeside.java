package dev.kubesent.cluster.fabric8;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Reads that go on beside others, each in a thread of its own. Where as many go on as may, the next is done by whoever asks for it: in a storm it is as if
 * each incident read one after the other. Nobody has to wait for one: it ends by the client's time-out at the latest. Safe for several threads.
 */
final class ReadsBeside {

    /** As many as {@link ReadRoom} has: more would only wait for its places, and might wait too long. */
    static final int PLACES = 4;

    private final Semaphore places = new Semaphore(PLACES);

    /** @return waits for it, and throws what it threw */
    <T> Supplier<T> begin(Supplier<T> read) {
        if (!places.tryAcquire()) {
            var done = read.get();
            return () -> done;
        }
        var task = new FutureTask<T>(() -> {
            try {
                return read.get();
            } finally {
                places.release();
            }
        });
        start(task);
        return () -> result(task);
    }

    private void start(FutureTask<?> task) {
        var isStarted = false;
        try {
            Thread.ofVirtual().name("reading").start(task);
            isStarted = true;
        } finally {
            if (!isStarted) {
                places.release();
            }
        }
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusals.unreachable(e);
        } catch (ExecutionException e) {
            throw thrown(e);
        }
    }

    /** As it was thrown: a supplier throws nothing that is checked. */
    private static RuntimeException thrown(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
    }
}
