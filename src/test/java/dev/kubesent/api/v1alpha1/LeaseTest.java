package dev.kubesent.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseTest {

    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");

    /** Taken by a clock that is so much ahead of ours, or behind. */
    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT-1M59S, true", "PT-2M, false", "PT1M, true", "PT1M1S, false", "PT1H, false"})
    void one_that_no_right_clock_can_have_written_holds_nothing(Duration ahead, boolean holds) {
        var lease = new Lease("me/1", NOW.plus(ahead).plus(Lease.TERM));

        assertThat(lease.holdsAt(NOW)).isEqualTo(holds);
    }
}
