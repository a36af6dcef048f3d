package dev.kubesent.function.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Most processes end before anybody asks for a figure; who asks gets those of all that went before. */
class KeptAnswersTest {

    private final KeptAnswers kept = new KeptAnswers();

    @Test
    void the_registry_has_number_sum_and_longest_of_what_was_before() {
        var registry = new SimpleMeterRegistry();
        kept.tell("POST", 204, 10);
        kept.tell("POST", 204, 2_000_001);
        kept.tell("POST", 204, 7);
        kept.tell("POST", 503, 5);
        kept.tell("GET", 405, 3);

        kept.follow(new AnswerTimer(registry));
        kept.tell("POST", 202, 4);

        assertThat(timer(registry, "POST", 204)).satisfies(timer -> {
            assertThat(timer.count()).isEqualTo(3);
            assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(2_000_018);
            assertThat(timer.max(TimeUnit.NANOSECONDS)).isEqualTo(2_000_001);
        });
        assertThat(timer(registry, "POST", 503).count()).isOne();
        assertThat(timer(registry, "GET", 405).count()).isOne();
        assertThat(timer(registry, "POST", 202).count()).isOne();
    }

    @Test
    void a_sender_cannot_have_a_series_for_each_method_that_it_makes_up() {
        var told = new ArrayList<String>();
        IntStream.range(0, 1_000).forEach(i -> kept.tell("M" + i, 405, 1));

        kept.follow((method, _, _) -> told.add(method));

        assertThat(told).hasSize(1_000).containsOnly("UNKNOWN");
    }

    @Test
    void none_is_lost_or_counted_twice_while_the_registry_comes() {
        var counted = new LongAdder();
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            if (i == 10_000) {
                kept.follow((_, _, _) -> counted.increment());
            }
            kept.tell("POST", 204, i);
        });

        assertThat(counted.sum()).isEqualTo(20_000);
    }

    private static Timer timer(MeterRegistry registry, String method, int status) {
        return registry.get("http.server.requests")
                .tag("method", method)
                .tag("status", String.valueOf(status))
                .timer();
    }
}
