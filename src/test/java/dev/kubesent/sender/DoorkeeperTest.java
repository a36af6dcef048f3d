package dev.kubesent.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Name;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Request;
import dev.kubesent.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final Doorkeeper doorkeeper = new Doorkeeper(Optional.empty(), clock);

    @Test
    void what_a_source_sends_is_never_too_much() {
        for (int second = 0; second < 60; second++) {
            for (int pod = 0; pod < 100; pod++) {
                assertThat(doorkeeper.whyNot("/", event("shop", "pod-" + pod))).isEmpty();
            }
            clock.forward(Duration.ofSeconds(1));
        }
    }

    @Test
    void one_pod_is_stopped_and_its_neighbours_are_not() {
        assertThat(admitted("shop", "noisy", 1000)).isEqualTo(50);

        assertThat(doorkeeper.whyNot("/", event("shop", "noisy")).orElseThrow().kind())
                .isEqualTo(Problem.Kind.TOO_MANY_EVENTS);
        assertThat(doorkeeper.whyNot("/", event("shop", "quiet"))).isEmpty();
        clock.forward(Duration.ofSeconds(1));
        assertThat(admitted("shop", "noisy", 1000)).isEqualTo(10);
    }

    /** What repeats is answered without a read, and what is new is counted where it has been looked at. */
    @Test
    void a_namespace_that_breaks_whole_is_not_stopped_before_its_events_are_looked_at() {
        var admitted = IntStream.range(0, 2000)
                .filter(i -> doorkeeper.whyNot("/", event("broken", "pod-" + i)).isEmpty())
                .count();

        assertThat(admitted).isEqualTo(2000);
    }

    @Test
    void of_one_namespace_a_bounded_number_is_looked_at_and_others_are_not_stopped() {
        var rate = new EventRate(clock);
        assertThat(rate.whyNot(new Name("quiet"), new Name("pod"))).isEmpty();
        for (int pod = 0; pod < 100; pod++) {
            assertThat(rate.whyNot(new Name("noisy"), new Name("pod-" + pod))).isEmpty();
        }

        var admitted = IntStream.range(0, 2000)
                .filter(i -> rate.whyNot(new Name("noisy"), new Name("pod-" + i % 100))
                        .isEmpty())
                .count();

        assertThat(admitted).isEqualTo(400);
        assertThat(rate.whyNot(new Name("quiet"), new Name("pod"))).isEmpty();
    }

    @Test
    void names_that_are_invented_do_not_fill_the_memory() {
        var limit = new RateLimit(1, 1, clock);

        for (int i = 0; i < 3 * RateLimit.NAMES; i++) {
            limit.admits("pod-" + i);
        }

        assertThat(limit.names()).isEqualTo(RateLimit.NAMES);
        assertThat(limit.admits("pod-" + (3 * RateLimit.NAMES - 1))).isFalse();
    }

    @Test
    void a_flood_of_events_does_not_stop_the_sweep() {
        admitted("", "", 2000);

        assertThat(doorkeeper.whyNot("/sweep", event("", ""))).isEmpty();
    }

    private long admitted(String namespace, String name, int events) {
        return IntStream.range(0, events)
                .filter(_ -> doorkeeper.whyNot("/", event(namespace, name)).isEmpty())
                .count();
    }

    private static Request event(String namespace, String name) {
        return new Request(Map.of("ce-namespace", namespace, "ce-name", name), new byte[0]);
    }
}
