package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.pipeline.work.BackgroundWork;
import dev.kubesent.pipeline.work.Work.Load;
import dev.kubesent.pipeline.work.Work.Order;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Probe of the review: Thread.start says "unable to create native thread" (a pids limit, other programs of the node) with an OutOfMemoryError that
 * does not end the JVM, -XX:+ExitOnOutOfMemoryError or not. The place that was taken for the work must come back.
 */
class PlacesAfterAnErrorTest {

    @Test
    void threads_that_could_not_be_started_do_not_take_the_places_for_ever() throws Exception {
        var work = new BackgroundWork(4, Duration.ofSeconds(1), Clock.systemUTC());
        var fails = new AtomicInteger(4);
        replaceThreads(work, fails);
        var done = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            try {
                work.run(new Load("ns-" + i, 0, Order.NEW), done::incrementAndGet, 0);
            } catch (OutOfMemoryError e) {
                System.out.println(i + ": " + e.getMessage());
            }
        }

        for (int i = 0; i < 4; i++) {
            work.run(new Load("later-" + i, 0, Order.NEW), done::incrementAndGet, 0);
        }

        System.out.println("done after the shortage is over: " + done);
        assertThat(done.get()).isGreaterThanOrEqualTo(4);
    }

    private static void replaceThreads(BackgroundWork work, AtomicInteger fails) throws Exception {
        var workers = BackgroundWork.class.getDeclaredField("threads");
        workers.setAccessible(true);
        var of = workers.get(work);
        var threads = of.getClass().getDeclaredField("threads");
        threads.setAccessible(true);
        ((ExecutorService) threads.get(of)).shutdown();
        threads.set(of, new AbstractExecutorService() {
            @Override
            public void execute(Runnable what) {
                if (fails.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                what.run();
            }

            @Override
            public void shutdown() {}

            @Override
            public List<Runnable> shutdownNow() {
                return List.of();
            }

            @Override
            public boolean isShutdown() {
                return false;
            }

            @Override
            public boolean isTerminated() {
                return true;
            }

            @Override
            public boolean awaitTermination(long most, TimeUnit unit) {
                return true;
            }
        });
    }
}
