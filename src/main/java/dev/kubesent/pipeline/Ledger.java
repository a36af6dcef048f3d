package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.OutcomeRecord;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.change.Change;
import dev.kubesent.gate.Refused;
import dev.kubesent.incident.Incidents;
import dev.kubesent.incident.StoredChange;
import dev.kubesent.report.Finished;
import dev.kubesent.report.Reporter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What is written down, and told, of a change that was made. */
record Ledger(Incidents incidents, Reporter reporter, Story story, Clock clock) {

    /** Nothing can be done now: it stays watched. */
    Incident wait(Incident incident, Refused refused) {
        return incidents.conclude(
                incident,
                status -> story.waiting(status, refused),
                "it fails; nothing is done about it now: " + Story.reasons(refused.reasons()));
    }

    /** Whether the time for coming up is over. */
    boolean isOver(Incident incident) {
        var survival = incident.progress().survival();
        return survival == null || survival.until() == null || !survival.until().isAfter(clock.instant());
    }

    /** The last word about a change; also told. */
    Incident end(Incident ours, Phase phase, String detail) {
        return tell(incidents.conclude(ours, status -> status.ended(phase, outcome(detail)), detail));
    }

    Incident tell(Incident incident) {
        all(incident).stream()
                .reduce((_, last) -> last)
                .map(Change::target)
                .ifPresent(target -> reporter.tell(new Finished(incident, target, target)));
        return incident;
    }

    OutcomeRecord outcome(String detail) {
        return new OutcomeRecord(detail, "", now());
    }

    /** What the outcome says so far. */
    static String detail(Incident incident) {
        var outcome = incident.progress().outcome();
        return outcome == null ? "" : outcome.detail();
    }

    /** What is in force, oldest first. */
    static List<Change> standing(Incident incident) {
        return parsed(incident.progress().standing().stream());
    }

    /** Also what was taken back. */
    static List<Change> all(Incident incident) {
        return parsed(incident.progress().acts().stream());
    }

    private static List<Change> parsed(Stream<ActRecord> acts) {
        return acts.flatMap(act -> StoredChange.of(act).stream()).toList();
    }

    Instant now() {
        return story.now();
    }
}
