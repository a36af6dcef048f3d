package dev.kubesent.diagnosis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Questions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Finding 6d: whoever reached /diagnose spent the model's day. */
class RationedTest {

    @Test
    void more_questions_than_a_day_has_are_put_off_and_ask_nobody() {
        var clock = new MovingClock(Instant.parse("2026-11-29T12:00:00Z"));
        var asked = new AtomicInteger();
        var rationed = new Rationed(
                _ -> {
                    asked.incrementAndGet();
                    return new Opinion.None("nothing", Opinion.Ended.UNUSABLE);
                },
                new Budget(1000, 50, clock));

        for (int i = 0; i < 500; i++) {
            rationed.ask(Questions.oom());
        }
        assertThat(asked).hasValue(50);
        assertThat(rationed.ask(Questions.oom())).isInstanceOf(Opinion.Deferred.class);

        clock.forward(Duration.ofDays(1));
        assertThat(rationed.ask(Questions.oom())).isInstanceOf(Opinion.None.class);
    }
}
