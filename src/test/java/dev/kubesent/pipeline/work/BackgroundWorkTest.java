package dev.kubesent.pipeline.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundWorkTest {

    @Test
    void one_namespace_that_hangs_does_not_keep_another_from_beginning() throws InterruptedException {
        var hanging = new CountDownLatch(1);
        var quiet = new CountDownLatch(1);
        try (var work = new BackgroundWork(2, Duration.ofSeconds(10), Clock.systemUTC())) {
            for (int i = 0; i < 3; i++) {
                var _ = work.run(new Work.Load("noisy", 1, Work.Order.NEW), () -> awaited(hanging), true);
            }
            var _ = work.run(
                    new Work.Load("quiet", 1, Work.Order.NEW),
                    () -> {
                        quiet.countDown();
                        return true;
                    },
                    true);

            assertThat(quiet.await(10, TimeUnit.SECONDS)).isTrue();
            hanging.countDown();
        }
    }

    /** To weigh it is to pack it: tens of milliseconds of a first event's answer. */
    @Test
    void what_has_to_wait_is_weighed_once_and_what_begins_at_once_is_not() {
        var weighed = new AtomicInteger();
        var hanging = new CountDownLatch(1);
        try (var work = new BackgroundWork(2, Duration.ofSeconds(10), Clock.systemUTC())) {
            var load = new Work.Load("a", weighed::incrementAndGet, Work.Order.NEW);

            var _ = work.run(load, () -> awaited(hanging), true);
            assertThat(weighed).hasValue(0);
            var _ = work.run(load, () -> awaited(hanging), true);
            assertThat(weighed).hasValue(1);

            hanging.countDown();
        }
        assertThat(weighed).hasValue(1);
    }

    @Test
    void what_waited_is_done_when_there_is_a_place_also_after_one_that_failed() throws InterruptedException {
        var done = new CountDownLatch(4);
        try (var work = new BackgroundWork(2, Duration.ofSeconds(10), Clock.systemUTC())) {
            for (int i = 0; i < 2; i++) {
                var _ = work.run(
                        new Work.Load("a", 1, Work.Order.NEW),
                        () -> {
                            done.countDown();
                            throw new IllegalStateException("injected");
                        },
                        true);
                var _ = work.run(
                        new Work.Load("b", 1, Work.Order.NEW),
                        () -> {
                            done.countDown();
                            return true;
                        },
                        true);
            }

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void what_does_not_heed_its_end_is_waited_for_once() {
        var over = new AtomicBoolean();
        var threads = new Workers("test", Clock.systemUTC());
        threads.execute(() -> {
            while (!over.get()) {
                Thread.onSpinWait();
            }
        });

        assertThat(threads.close(Duration.ofMillis(1))).isFalse();

        assertThat(CompletableFuture.supplyAsync(() -> threads.close(Duration.ofHours(1))))
                .succeedsWithin(Duration.ofMinutes(1))
                .isEqualTo(false);
        over.set(true);
    }

    @Test
    void what_finds_no_room_to_wait_is_refused() {
        var hanging = new CountDownLatch(1);
        try (var work = new BackgroundWork(1, Duration.ofSeconds(10), Clock.systemUTC())) {
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> {
                for (int i = 0; i < 100; i++) {
                    var _ = work.run(new Work.Load("a", 1, Work.Order.NEW), () -> awaited(hanging), true);
                }
            });
            hanging.countDown();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
