package dev.kubesent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.Sighting;
import dev.kubesent.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Probe of the review: the clock steps back while something waits for its look. */
class LookQueueClockTest {

    @Test
    void what_waits_is_looked_at_although_the_clock_stepped_back() {
        var clock = new MovingClock(Instant.parse("2026-01-01T12:00:00Z"));
        var queue = new LookQueue(clock, new Tallies());
        var seen = new Sighting.Decided(new Name("demo"), new Name("web"));
        var key = new LookQueue.Key(Watched.INCIDENTS, new Name("demo"), new Name("web"));
        queue.offer(key, seen);

        clock.forward(Duration.ofHours(-1));
        clock.forward(Duration.ofMinutes(5));
        queue.offer(key, seen); // and it is told again

        assertThat(queue.ready()).isPresent();
    }
}
