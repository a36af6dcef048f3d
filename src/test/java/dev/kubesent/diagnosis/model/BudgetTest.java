package dev.kubesent.diagnosis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One tenant's unknown crash loops spent everybody's day: issue 20, 5. */
class BudgetTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final MovingClock clock = new MovingClock(NOW);

    @ParameterizedTest(name = "of {0} a minute and {1} a day one namespace has {2}, and {3} are left for others")
    @CsvSource({
        "10, 500,  5, 5",
        "1000, 500, 250, 250",
        "10, 6, 3, 3",
        "3, 500, 2, 1",
        "1, 500, 1, 0",
        "0, 500, 0, 0",
        "10, 0, 0, 0",
    })
    void one_namespace_has_half(int perMinute, int perDay, int own, int others) {
        var budget = new Budget(perMinute, perDay, clock);

        assertThat(taken(budget, "loud")).isEqualTo(own);
        assertThat(taken(budget, "quiet")).isEqualTo(others);
    }

    @Test
    void the_share_of_a_minute_comes_again_after_a_minute_and_that_of_a_day_after_a_day() {
        var budget = new Budget(4, 8, clock);

        assertThat(taken(budget, "loud")).isEqualTo(2);
        assertThat(budget.take("loud")).contains(NOW.plusSeconds(60));
        clock.forward(Duration.ofSeconds(60));
        assertThat(taken(budget, "loud")).isEqualTo(2);
        assertThat(budget.take("loud")).as("its day is spent").contains(NOW.plus(Duration.ofDays(1)));
        assertThat(taken(budget, "quiet")).isEqualTo(2);
        clock.forward(Duration.ofDays(1));
        assertThat(taken(budget, "loud")).isEqualTo(2);
    }

    @Test
    void what_is_of_no_namespace_has_all_of_it() {
        assertThat(taken(new Budget(10, 500, clock), "")).isEqualTo(10);
    }

    private static int taken(Budget budget, String namespace) {
        int taken = 0;
        while (taken < 1000 && budget.take(namespace).isEmpty()) {
            taken++;
        }
        return taken;
    }
}
