package dev.kubesent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.PodEvent;
import dev.kubesent.event.Sighting;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.watch.LookQueue.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookQueueTest {

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final Tallies tallies = new Tallies();
    private final LookQueue queue = new LookQueue(clock, tallies);

    @Test
    void a_thousand_sightings_of_one_pod_are_one_look_at_the_newest() {
        for (int i = 1; i <= 1000; i++) {
            assertThat(offer("demo", "web", "version " + i, 10)).isTrue();
        }

        assertThat(queue.size()).isOne();
        assertThat(told(queue.ready().orElseThrow())).isEqualTo("version 1000");
    }

    @Test
    void what_was_seen_first_comes_first_however_often_it_is_seen_again() {
        offer("demo", "a", "1", 10);
        offer("demo", "b", "1", 10);
        offer("demo", "a", "2", 10);

        assertThat(queue.ready().orElseThrow().key().name()).hasToString("a");
        assertThat(queue.ready().orElseThrow().key().name()).hasToString("b");
    }

    @Test
    void an_object_is_looked_at_by_one_at_a_time() {
        offer("demo", "web", "1", 10);
        var first = queue.ready().orElseThrow();
        offer("demo", "web", "2", 10);

        assertThat(queue.ready()).isEmpty();
        queue.done(first);
        assertThat(told(queue.ready().orElseThrow())).isEqualTo("2");
    }

    @Test
    void what_has_to_be_looked_at_again_waits_longer_each_time_and_not_for_ever() {
        offer("demo", "web", "1", 10);
        var waits = new ArrayList<Long>();
        var look = queue.ready().orElseThrow();
        while (queue.again(look)) {
            var wait = 0L;
            var next = queue.ready();
            while (next.isEmpty()) {
                clock.forward(Duration.ofSeconds(1));
                wait++;
                next = queue.ready();
            }
            waits.add(wait);
            look = next.orElseThrow();
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(queue.size()).isZero();
    }

    /** An API server in trouble is not asked once for each update of each pod. */
    @Test
    void a_newer_sighting_does_not_shorten_the_wait_and_is_what_is_looked_at_then() {
        offer("demo", "web", "1", 10);
        assertThat(queue.again(queue.ready().orElseThrow())).isTrue();
        offer("demo", "web", "2", 10);

        assertThat(queue.ready()).isEmpty();
        clock.forward(Duration.ofSeconds(1));
        assertThat(told(queue.ready().orElseThrow())).isEqualTo("2");
    }

    @Test
    void one_that_came_while_it_was_looked_at_is_what_is_looked_at_again() {
        offer("demo", "web", "1", 10);
        var first = queue.ready().orElseThrow();
        offer("demo", "web", "2", 10);
        assertThat(queue.again(first)).isTrue();

        clock.forward(Duration.ofSeconds(1));
        assertThat(told(queue.ready().orElseThrow())).isEqualTo("2");
        assertThat(queue.ready()).isEmpty();
    }

    @Test
    void one_namespace_has_half_of_the_room_and_gives_it_back() {
        var large = 1 << 20;
        var taken = 0;
        while (offer("greedy", "pod-" + taken, "1", large)) {
            taken++;
        }

        assertThat(taken).isEqualTo(LookQueue.MOST / 2 / large - 1);
        assertThat(offer("demo", "web", "1", large)).isTrue();
        assertThat(offer("greedy", "pod-0", "2", 8 << 20))
                .as("the one that waits sees the live pod as well")
                .isTrue();
        queue.done(queue.ready().orElseThrow());
        assertThat(offer("greedy", "another", "1", large)).isTrue();
    }

    @Test
    void all_namespaces_together_have_no_more_than_there_is() {
        var taken = 0;
        while (offer("n-" + taken, "web", "1", 1 << 20)) {
            taken++;
        }

        assertThat(taken).isEqualTo(15);
        assertThat(tallies.with(queue.size())).isEqualTo(new Feed.Figures(15, 0, 1));
    }

    @Test
    void nothing_is_given_out_or_taken_any_more_once_it_is_closed() throws InterruptedException {
        offer("demo", "web", "1", 10);
        queue.close();

        assertThat(queue.next()).isEmpty();
        assertThat(offer("demo", "other", "1", 10)).isFalse();
    }

    private boolean offer(String namespace, String name, String version, int bytes) {
        var body = new byte[bytes];
        var event = new PodEvent(version, new Name(namespace), new Name(name), Optional.of(body));
        return queue.offer(
                new LookQueue.Key(Watched.PODS, event.namespace(), event.name()), new Sighting.Suspicious(event));
    }

    private static String told(Look look) {
        return look.seen() instanceof Sighting.Suspicious(var pod) ? pod.eventId() : "";
    }
}
