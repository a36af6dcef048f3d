package dev.kubesent.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Name;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Request;
import dev.kubesent.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final Doorkeeper doorkeeper = new Doorkeeper(Optional.empty(), clock);
    private final EventRate rate = new EventRate(List.of(new Name("shop"), new Name("noisy"))::contains, clock);

    @Test
    void what_a_source_sends_is_never_too_much() {
        for (int second = 0; second < 60; second++) {
            for (int pod = 0; pod < 100; pod++) {
                assertThat(rate.whyNot(new Name("shop"), new Name("pod-" + pod)))
                        .as("second %d, pod %d", second, pod)
                        .isEmpty();
            }
            clock.forward(Duration.ofSeconds(1));
        }
    }

    @Test
    void one_pod_is_stopped_and_its_neighbours_are_not() {
        assertThat(admitted("shop", "noisy", 1000)).isEqualTo(50);

        assertThat(rate.whyNot(new Name("shop"), new Name("noisy"))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Problem.Kind.TOO_MANY_EVENTS);
        assertThat(rate.whyNot(new Name("shop"), new Name("quiet"))).isEmpty();
        clock.forward(Duration.ofSeconds(1));
        assertThat(admitted("shop", "noisy", 1000)).isEqualTo(10);
    }

    @Test
    void a_namespace_full_of_new_failures_does_not_keep_out_the_first_of_another() {
        var admitted = IntStream.range(0, 1000)
                .filter(i -> rate.whyNot(new Name("shop"), new Name("pod-" + i)).isEmpty())
                .count();

        assertThat(admitted).isEqualTo(200);
        assertThat(rate.whyNot(new Name("other"), new Name("first"))).isEmpty();
    }

    /** What repeats is answered without a read, and what is new is counted where it has been looked at. */
    @Test
    void a_namespace_that_breaks_whole_is_not_stopped_before_its_events_are_looked_at() {
        var admitted = IntStream.range(0, 2000)
                .filter(_ -> doorkeeper
                        .whyNot("/", new Request(Map.of(), new byte[0]))
                        .isEmpty())
                .count();

        assertThat(admitted).isEqualTo(2000);
    }

    @Test
    void of_one_namespace_a_bounded_number_is_looked_at_and_others_are_not_stopped() {
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
    void a_flood_of_requests_for_one_thing_does_not_stop_another() {
        var sweep = new Request(Map.of(), new byte[0]);
        for (int i = 0; i < 1000; i++) {
            doorkeeper.whyNot("/other", sweep);
        }

        assertThat(doorkeeper.whyNot("/other", sweep)).isPresent();
        assertThat(doorkeeper.whyNot("/sweep", sweep)).isEmpty();
    }

    private long admitted(String namespace, String name, int events) {
        return IntStream.range(0, events)
                .filter(_ -> rate.whyNot(new Name(namespace), new Name(name)).isEmpty())
                .count();
    }
}
