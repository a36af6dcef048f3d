package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.MovingClock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** As client-go: what counts is when the record was seen to change, and not what it says of times. */
class ObservedTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final MovingClock ticks = new MovingClock(Instant.EPOCH);
    private final Observed observed = new Observed(LEASE, ticks);

    @Test
    void a_record_of_the_future_that_does_not_change_runs_out() {
        var future = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
        assertThat(holds(record("dead", future))).isTrue();

        ticks.forward(LEASE.minusSeconds(1));
        assertThat(holds(record("dead", future))).isTrue();

        ticks.forward(Duration.ofSeconds(2));
        assertThat(holds(record("dead", future))).isFalse();
    }

    @Test
    void one_of_a_clock_that_is_behind_holds_for_as_long_as_it_is_renewed() {
        var past = ZonedDateTime.now(ZoneOffset.UTC).minusHours(1);
        for (int i = 0; i < 20; i++) {
            assertThat(holds(record("lives", past.plusSeconds(2L * i)))).isTrue();
            ticks.forward(Duration.ofSeconds(2));
        }
        assertThat(observed.isStillFor(Duration.ofMinutes(1))).isFalse();

        ticks.forward(Duration.ofMinutes(1));
        assertThat(observed.isStillFor(Duration.ofMinutes(1))).isTrue();
    }

    /** As fabric8's elector asks. */
    private boolean holds(LeaderElectionRecord told) {
        return ZonedDateTime.now(ZoneOffset.UTC).isBefore(told.getRenewTime().plus(told.getLeaseDuration()));
    }

    /** Its own length is not believed. */
    private LeaderElectionRecord record(String holder, ZonedDateTime renewed) {
        return observed.of(new LeaderElectionRecord(holder, Duration.ofDays(1), renewed, renewed, 1), "me");
    }
}
