package dev.kubesent.function.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerTest {

    @Test
    void what_is_to_be_done_at_once_lets_the_next_event_go_first() throws Exception {
        try (var timer = new Timer()) {
            var done = new CompletableFuture<Long>();
            long asked = System.nanoTime();
            timer.in(Duration.ZERO, () -> done.complete(System.nanoTime()));

            assertThat(Duration.ofNanos(done.get(1, TimeUnit.MINUTES) - asked)).isGreaterThanOrEqualTo(Timer.MOMENT);
        }
    }
}
