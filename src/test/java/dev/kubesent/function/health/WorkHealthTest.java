package dev.kubesent.function.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.pipeline.work.BackgroundWork;
import dev.kubesent.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** Finding 2b of shared/reviews/security.md: work that never ends kept its place for ever, in a process that stayed alive. */
class WorkHealthTest {

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ends = new CountDownLatch(1);

    @Test
    void work_that_runs_for_longer_than_any_may_is_no_life() throws Exception {
        var work = new BackgroundWork(2, Duration.ofSeconds(10), clock);
        var health = new WorkHealth(List.of(work::runsSince), Optional::empty, clock);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        work.run(this::stall, 0);
        begun.await();
        clock.forward(WorkHealth.LONGEST);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        clock.forward(Duration.ofSeconds(1));
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails().toString()).contains("2026-11-23T03:00:00Z", "restart the process");

        ends.countDown();
        work.close();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void a_process_that_can_never_watch_again_is_no_life() {
        var health = new WorkHealth(List.of(), () -> Optional.of("watch-pods ended"), clock);

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsEntry("reason", "watch-pods ended");
    }

    /** Alone it is no reason to start anew: many things may take a while one after the other. */
    @Test
    void each_piece_of_work_has_its_own_time() throws Exception {
        try (var work = new BackgroundWork(2, Duration.ofSeconds(10), clock)) {
            var health = new WorkHealth(List.of(work::runsSince), Optional::empty, clock);
            for (int i = 0; i < 3; i++) {
                var done = new CountDownLatch(1);
                work.run(
                        () -> {
                            done.countDown();
                            return 0;
                        },
                        0);
                done.await();
                clock.forward(WorkHealth.LONGEST.dividedBy(2));
            }
            work.run(this::stall, 0);
            begun.await();
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            ends.countDown();
        }
    }

    private int stall() {
        begun.countDown();
        try {
            ends.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
