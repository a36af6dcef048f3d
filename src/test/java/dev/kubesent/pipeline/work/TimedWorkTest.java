package dev.kubesent.pipeline.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TimedWorkTest {

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final TimedWork work = new TimedWork(Duration.ofSeconds(150), clock);

    @Test
    void what_is_begun_in_time_is_finished_and_nothing_is_begun_after_it() {
        work.begin();
        clock.forward(Duration.ofSeconds(149));
        var slow = work.run(
                () -> {
                    clock.forward(Duration.ofMinutes(2));
                    return "done";
                },
                "meanwhile");

        assertThat(slow).isEqualTo("done");
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> work.run(() -> "late", "meanwhile"));
    }

    @Test
    void each_request_has_its_own_time() {
        clock.forward(Duration.ofHours(1));
        work.begin();

        assertThat(work.run(() -> "done", "meanwhile")).isEqualTo("done");
    }
}
