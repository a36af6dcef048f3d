package dev.kubesent.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentTest {

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-30T08:00:00Z"));
    private final Recent<String, Integer> recent = new Recent<>(2, clock);

    @Test
    void what_was_put_is_known_until_its_time_is_over() {
        recent.put("a", 1, Duration.ofSeconds(10));
        clock.forward(Duration.ofSeconds(9));
        assertThat(recent.get("a")).contains(1);

        clock.forward(Duration.ofSeconds(1));
        assertThat(recent.get("a")).isEmpty();
    }

    @Test
    void a_clock_that_steps_back_does_not_make_it_last_longer() {
        recent.put("a", 1, Duration.ofSeconds(10));

        clock.forward(Duration.ofHours(-1));

        assertThat(recent.get("a")).isEmpty();
        recent.put("b", 2, Duration.ofSeconds(10));
        assertThat(recent.size()).isOne();
    }

    @Test
    void the_oldest_goes_where_there_are_too_many() {
        recent.put("a", 1, Duration.ofSeconds(10));
        recent.put("b", 2, Duration.ofSeconds(10));
        recent.put("a", 3, Duration.ofSeconds(10));
        recent.put("c", 4, Duration.ofSeconds(10));

        assertThat(recent.get("b")).isEmpty();
        assertThat(recent.get("a")).contains(3);
    }
}
