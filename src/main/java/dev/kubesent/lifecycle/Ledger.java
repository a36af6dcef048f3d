package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.change.Change;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.incident.Entry;
import dev.kubesent.incident.Incidents;
import dev.kubesent.incident.StoredChange;
import dev.kubesent.report.Finished;
import dev.kubesent.report.Reporter;
import dev.kubesent.report.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Where every step of an incident is written down, let go of and told: the one way from the lifecycle to the record. */
public final class Ledger {

    private final Incidents incidents;
    private final Reporter reporter;
    private final Story story;
    private final Clock clock;

    public Ledger(Incidents incidents, Reporter reporter, Clock clock) {
        this.incidents = incidents;
        this.reporter = reporter;
        this.story = new Story(clock);
        this.clock = clock;
    }

    Story story() {
        return story;
    }

    /** Goes on under the lease. @throws LeaseLostException where another process has taken the incident over */
    Incident record(Incident ours, Entry... entries) {
        return incidents.record(ours, entries);
    }

    /** Nothing more is done about it now, and it is let go of. */
    Incident conclude(Incident ours, Entry... entries) {
        return incidents.conclude(ours, entries);
    }

    /** Nothing was to be done. */
    Incident release(Incident ours) {
        return incidents.release(ours);
    }

    /** The last word about a change; also told. */
    Incident end(Incident ours, Phase phase, String detail) {
        return tell(conclude(ours, story.last(phase, detail)));
    }

    /** Of a change that was made: people read of it on what was changed. */
    Incident tell(Incident incident) {
        all(incident).stream()
                .reduce((_, last) -> last)
                .map(Change::target)
                .ifPresent(target -> reporter.tell(new Finished(incident, target, target)));
        return incident;
    }

    Incident tell(Incident incident, ObjectRef pod, ObjectRef workload) {
        reporter.tell(new Finished(incident, pod, workload));
        return incident;
    }

    /** The same, where it is not what was said before. */
    Incident tellNews(Finished finished, Incident before) {
        if (finished.isNews(before)) {
            reporter.tell(finished);
        }
        return finished.incident();
    }

    /** Has a stage of the work on it followed. */
    <T> T in(Stage stage, Incident incident, Supplier<T> work) {
        return new Stages(reporter).in(stage, incident, work);
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

    /** Whether the time for coming up is over. */
    boolean isOver(Incident incident) {
        var survival = incident.progress().survival();
        return survival == null || survival.until() == null || !survival.until().isAfter(now());
    }

    Instant now() {
        return clock.instant();
    }
}
