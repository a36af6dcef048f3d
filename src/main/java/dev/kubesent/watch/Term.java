package dev.kubesent.watch;

import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.Handled;
import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The time for which this process is elected: its threads. */
final class Term implements AutoCloseable {

    /** As many bodies as are read at once. */
    private static final int LOOKERS = 4;

    /** Told when a thread ends otherwise than by the end of the term: nothing does its work any more. */
    @FunctionalInterface
    interface Death {
        void of(String thread, Throwable by);
    }

    private final Death death;
    private final CountDownLatch over = new CountDownLatch(1);
    private final LookQueue queue;
    private final List<WatchLoop> loops;
    private final List<Thread> watching;
    private final List<Thread> looking;

    Term(
            ClusterWatcher watcher,
            Function<Sighting, Handled> door,
            BooleanSupplier sweep,
            Ticks ticks,
            Tallies tallies,
            Death death) {
        this.death = death;
        queue = new LookQueue(ticks, tallies);
        var sweeps = new SweepClock(sweep);
        var intake = new Intake(queue, door, sweeps::ask);
        loops = Arrays.stream(Watched.values())
                .map(what -> new WatchLoop(what, watcher, intake, sweeps::ask, this::goesOnAfter))
                .toList();
        watching = Stream.concat(
                        loops.stream().map(loop -> thread("watch-" + loop.what().plural(), loop)),
                        Stream.of(thread("sweep-clock", sweeps)))
                .toList();
        looking = IntStream.rangeClosed(1, LOOKERS)
                .mapToObj(i -> thread("look-" + i, new Looker(queue, door)))
                .toList();
    }

    private Thread thread(String name, Runnable what) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                what.run();
            } catch (RuntimeException | Error e) {
                death.of(name, e);
            }
        });
    }

    void begin() {
        looking.forEach(Thread::start);
        watching.forEach(Thread::start);
    }

    private boolean goesOnAfter(Duration pause) {
        try {
            return !over.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How many objects wait for a look. */
    int waiting() {
        return queue.size();
    }

    /** What keeps a watch from being one. */
    Optional<String> trouble() {
        return loops.stream().flatMap(loop -> loop.trouble().stream()).findFirst();
    }

    /** Looks that have begun are not interrupted; what waits for one is left to the next leader, whose term begins with a sweep. */
    @Override
    public void close() {
        over.countDown();
        watching.stream()
                .filter(thread -> !thread.equals(Thread.currentThread())) // one that dies gives back the lease
                .forEach(Thread::interrupt);
        queue.close();
    }
}
