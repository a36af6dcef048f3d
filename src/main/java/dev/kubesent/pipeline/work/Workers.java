package dev.kubesent.pipeline.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Platform threads for what looks at foreign text. Requests, probes among them, are on virtual threads, which only come to run when one
 * that runs waits for something: two that compute would keep all others of a machine with two processors from it. The system takes the
 * processor from a platform thread whatever it does. How many there are is bounded by whoever uses them.
 */
public final class Workers {

    private final ExecutorService threads;
    private volatile boolean givenUp;
    private final Map<Object, Instant> running = new ConcurrentHashMap<>();
    private final Clock clock;

    /** @param name of what they do; each gets a number */
    public Workers(String name, Clock clock) {
        // Daemons, as virtual threads are: one that never ends must not keep the process from ending.
        this(Thread.ofPlatform().daemon().name(name + "-", 1).factory(), clock);
    }

    public Workers(ThreadFactory factory, Clock clock) {
        this.clock = clock;
        threads = Executors.newThreadPerTaskExecutor(factory);
    }

    /** @throws RejectedExecutionException after {@link #close}, and where no thread can be started */
    void execute(Runnable work) {
        var _ = begun(work);
    }

    private Future<?> begun(Runnable work) {
        if (isClosed()) {
            throw new RejectedExecutionException("shutting down");
        }
        try {
            return threads.submit(() -> noted(work));
        } catch (OutOfMemoryError e) {
            // So says Thread.start where the node, or a pids limit, has no thread left. No -XX option ends the JVM at
            // that: it passes.
            throw new RejectedExecutionException("no thread could be started: " + e.getMessage(), e);
        }
    }

    /** The beginning of what runs longest, also where nobody waits for it any more; empty where nothing runs. */
    public Optional<Instant> runsSince() {
        return running.values().stream().min(Comparator.naturalOrder());
    }

    private void noted(Runnable work) {
        var one = new Object();
        running.put(one, clock.instant());
        try {
            work.run();
        } finally {
            running.remove(one);
        }
    }

    /**
     * Waits for it.
     *
     * @param most after which the answer is not waited for any more, and the work is interrupted
     * @throws TimeoutException where it took longer, or the wait was interrupted; the work may go on
     * @throws RejectedExecutionException where it was not begun
     */
    public <T> T call(Supplier<T> work, Duration most) throws TimeoutException {
        var result = new CompletableFuture<T>();
        var worker = begun(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            worker.cancel(true);
            throw e;
        } catch (InterruptedException e) {
            worker.cancel(true);
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    /** Takes no more work. @return whether all of it has ended in time; what has not is interrupted */
    boolean close(Duration drain) {
        threads.shutdown();
        if (givenUp) {
            return threads.isTerminated(); // once is enough: what does not heed an interrupt never ends
        }
        try {
            if (threads.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        givenUp = true;
        threads.shutdownNow();
        return false;
    }
}
