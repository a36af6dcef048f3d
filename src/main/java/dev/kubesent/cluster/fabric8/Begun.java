package dev.kubesent.cluster.fabric8;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A read that goes on in a thread of its own. Nobody has to wait for it: it ends by the client's time-out at the latest. How many there are is bounded by
 * whoever works: a dozen for each incident that is worked on. How many bodies of them are read at once {@link ReadRoom} says.
 */
record Begun<T>(FutureTask<T> task) implements Supplier<T> {

    static <T> Begun<T> of(Supplier<T> read) {
        var begun = new Begun<T>(new FutureTask<>(read::get));
        Thread.ofVirtual().name("reading").start(begun.task());
        return begun;
    }

    @Override
    public T get() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusals.unreachable(e);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    /** As it was thrown: a supplier throws nothing that is checked. */
    private static RuntimeException thrown(Throwable cause) {
        return switch (cause) {
            case RuntimeException defectOrRefusal -> defectOrRefusal;
            case Error error -> throw error;
            default -> new IllegalStateException(cause);
        };
    }
}
