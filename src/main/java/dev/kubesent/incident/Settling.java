package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.OutcomeRecord;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.time.Skew;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether there is anything to be done about an incident now: somebody may be at it, or it was decided a short while ago. */
record Settling(Clock clock) {

    /** Seen failing again is written down no more often than that. */
    private static final Duration COUNTED_AGAIN_AFTER = Duration.ofMinutes(1);

    boolean isHeld(IncidentStatus status) {
        var lease = status.lease();
        return lease != null && lease.holdsAt(now());
    }

    boolean isSettled(Incident incident) {
        var status = incident.progress();
        if (Parking.isParked(status)) {
            return Approvals.anew(incident).isEmpty();
        }
        return !status.phase().unfinished()
                && status.phase() != Phase.Closed
                && wasSaidLately(status)
                && !Incidents.isDecidedAnew(incident)
                && !OpenIncidents.asksAgain(status, now());
    }

    private boolean wasSaidLately(IncidentStatus status) {
        return Stream.of(
                        Optional.ofNullable(status.outcome()).map(OutcomeRecord::at),
                        Optional.ofNullable(status.verdict()).map(VerdictRecord::at))
                .flatMap(Optional::stream)
                .anyMatch(this::isFresh);
    }

    /** Seen failing again is written down once a minute. */
    boolean countedJustNow(IncidentStatus status) {
        return status.seen() != null && Skew.isWithin(status.seen().last(), COUNTED_AGAIN_AFTER, now());
    }

    private boolean isFresh(Instant decided) {
        return Skew.isWithin(decided, Incidents.JUDGED_AGAIN_AFTER, now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
