package dev.kubesent.failure;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.failure.LostRun.Hindrance;
import dev.kubesent.failure.LostRun.NotBegun;
import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A CronJob that begins no Job when its time comes. Its status does not say so; the events of its controller do. */
public final class ScheduleMissed {

    private static final Map<String, Hindrance> REASONS = Map.of(
            "JobAlreadyActive", Hindrance.JOB_ALREADY_ACTIVE,
            "FailedCreate", Hindrance.FAILED_CREATE,
            "MissSchedule", Hindrance.MISS_SCHEDULE,
            "InvalidSchedule", Hindrance.UNREADABLE,
            "UnparseableSchedule", Hindrance.UNREADABLE,
            "UnParseableCronJobSchedule", Hindrance.UNREADABLE,
            "UnknownTimeZone", Hindrance.UNREADABLE);

    /** To skip a run because the one before still runs is what Forbid is for; to skip so many is not. */
    private static final int SKIPPED = 3;

    /** A schedule is of whole minutes: what hinders one for longer has cost a run. The controller itself tries again within seconds. */
    private static final Duration LASTS = Duration.ofMinutes(2);

    /** A schedule that was missed longer ago is nobody's news. */
    private static final Duration NEWS = Duration.ofHours(1);

    private ScheduleMissed() {}

    /** @param events about it @param newest when its newest Job was made */
    public static Optional<LostRun> detect(CronJob cronJob, List<Event> events, Optional<Instant> newest, Instant now) {
        if (Boolean.TRUE.equals(cronJob.getSpec().getSuspend())
                || cronJob.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        return events.stream()
                .flatMap(event -> hindered(cronJob, event, now).stream())
                .filter(run -> run.at().plus(NEWS).isAfter(now))
                .max(Comparator.comparing(LostRun::at))
                .filter(run -> newest.filter(begun -> !begun.isBefore(run.at())).isEmpty())
                .filter(run -> !hasRunSince(cronJob, run.at()));
    }

    /** Its Jobs may be gone already: its history is limited, or they are deleted when they end. */
    private static boolean hasRunSince(CronJob cronJob, Instant at) {
        var status = cronJob.getStatus();
        return status != null
                && (isSince(status.getLastSuccessfulTime(), at)
                        || isSince(status.getLastScheduleTime(), at.truncatedTo(ChronoUnit.MINUTES)));
    }

    private static boolean isSince(@Nullable String time, Instant at) {
        return time != null && !Instant.parse(time).isBefore(at);
    }

    private static Optional<LostRun> hindered(CronJob cronJob, Event event, Instant now) {
        return Optional.ofNullable(REASONS.get(Objects.requireNonNullElse(event.getReason(), "")))
                .filter(hindrance -> counts(hindrance, event, now))
                .flatMap(hindrance -> last(event)
                        .map(at -> new NotBegun(
                                ObjectRef.of(cronJob), hindrance, ForeignText.message(event.getMessage()), at)));
    }

    private static boolean counts(Hindrance hindrance, Event event, Instant now) {
        return switch (hindrance) {
            // The controller may say it several times of one skip.
            case JOB_ALREADY_ACTIVE -> times(event) >= SKIPPED && spread(event).compareTo(LASTS) >= 0;
            case FAILED_CREATE ->
                first(event).filter(at -> at.plus(LASTS).isBefore(now)).isPresent();
            case MISS_SCHEDULE, UNREADABLE -> true;
        };
    }

    private static int times(Event event) {
        var series = event.getSeries() == null ? null : event.getSeries().getCount();
        return Stream.of(Optional.ofNullable(event.getCount()), Optional.ofNullable(series))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(1);
    }

    private static Duration spread(Event event) {
        return first(event)
                .flatMap(from -> last(event).map(to -> Duration.between(from, to)))
                .orElse(Duration.ZERO);
    }

    private static Optional<Instant> first(Event event) {
        return Optional.ofNullable(event.getFirstTimestamp()).map(Instant::parse);
    }

    private static Optional<Instant> last(Event event) {
        return Optional.ofNullable(event.getLastTimestamp()).map(Instant::parse).or(() -> first(event));
    }
}
