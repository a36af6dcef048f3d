package dev.kubesent.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.failure.LostRun.Hindrance;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventSeries;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reasons are those of cronjob_controllerv2.go; the first two were seen on the node (docs/evidence/cleanup.md). */
class ScheduleMissedTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "JobAlreadyActive, 3, PT10M, PT1M, JOB_ALREADY_ACTIVE",
        "JobAlreadyActive, 2, PT10M, PT1M, ",
        "FailedCreate, 1, PT3M, PT3M, FAILED_CREATE",
        "FailedCreate, 12, PT1M, PT50S, ",
        "MissSchedule, 1, PT1M, PT1M, MISS_SCHEDULE",
        "MissSchedule, 1, PT3H, PT2H, ",
        "InvalidSchedule, 1, PT1M, PT1M, UNREADABLE",
        "UnparseableSchedule, 1, PT1M, PT1M, UNREADABLE",
        "UnParseableCronJobSchedule, 1, PT1M, PT1M, UNREADABLE",
        "UnknownTimeZone, 1, PT1M, PT1M, UNREADABLE",
        "SawCompletedJob, 9, PT10M, PT1M, ",
        "TooManyMissedTimes, 1, PT1M, PT1M, " // it is begun all the same
    })
    void what_the_controller_says_counts_when_it_has_cost_a_run(
            String reason, int count, String first, String last, Hindrance expected) {
        var found = ScheduleMissed.detect(cronJob(), List.of(event(reason, count, first, last)), Optional.empty(), NOW);

        assertThat(found.map(run -> ((LostRun.NotBegun) run).hindrance())).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void what_has_begun_since_has_the_last_word() {
        var missed = List.of(event("MissSchedule", 1, "PT1M", "PT1M"));

        assertThat(ScheduleMissed.detect(cronJob(), missed, Optional.of(NOW.minusSeconds(61)), NOW))
                .isPresent();
        assertThat(ScheduleMissed.detect(cronJob(), missed, Optional.of(NOW.minusSeconds(59)), NOW))
                .isEmpty();
    }

    @Test
    void an_event_in_a_series_counts_as_often_as_the_series_says() {
        var event = event("JobAlreadyActive", 1, "PT10M", "PT1M");
        event.setSeries(new EventSeries(5, new MicroTime(NOW.toString())));

        assertThat(ScheduleMissed.detect(cronJob(), List.of(event), Optional.empty(), NOW))
                .isPresent();
    }

    @Test
    void a_suspended_one_misses_nothing_and_an_event_without_a_time_tells_nothing() {
        var missed = event("MissSchedule", 1, "PT1M", "PT1M");
        var suspended = cronJob();
        suspended.getSpec().setSuspend(true);
        var timeless = new EventBuilder().withReason("MissSchedule").build();

        assertThat(ScheduleMissed.detect(suspended, List.of(missed), Optional.empty(), NOW))
                .isEmpty();
        assertThat(ScheduleMissed.detect(cronJob(), List.of(timeless), Optional.empty(), NOW))
                .isEmpty();
    }

    private static CronJob cronJob() {
        return new CronJobBuilder()
                .withNewMetadata()
                .withNamespace("demo")
                .withName("nightly")
                .endMetadata()
                .withNewSpec()
                .withSchedule("0 2 * * *")
                .endSpec()
                .build();
    }

    private static Event event(String reason, int count, String first, String last) {
        return new EventBuilder()
                .withReason(reason)
                .withCount(count)
                .withFirstTimestamp(NOW.minus(Duration.parse(first)).toString())
                .withLastTimestamp(NOW.minus(Duration.parse(last)).toString())
                .build();
    }
}
