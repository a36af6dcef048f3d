package dev.kubesent.incident;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far an incident has come. It is written after every step and before every write to a workload.
 *
 * @param workload the top of the owner chain, as {@code Deployment/web}; empty until it is known
 * @param lease who works on it now; nobody where null
 * @param story what happened, in sentences, oldest first: {@code kubectl describe incident} reads as a report
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IncidentStatus(
        Phase phase,
        String workload,
        @Nullable Seen seen,
        @Nullable Lease lease,
        @Nullable DiagnosisRecord diagnosis,
        @Nullable VerdictRecord verdict,
        @Nullable IntentRecord intent,
        @Nullable OutcomeRecord outcome,
        List<String> story) {

    static final IncidentStatus EMPTY =
            new IncidentStatus(Phase.Opened, "", null, null, null, null, null, null, List.of());

    /** Lines of story to keep; the oldest go first, so that an incident never outgrows etcd. */
    private static final int STORY_LINES = 60;

    public IncidentStatus {
        phase = Objects.requireNonNullElse(phase, Phase.Opened);
        workload = Objects.requireNonNullElse(workload, "");
        story = story == null ? List.of() : List.copyOf(story);
    }

    /** @param restarts of the container when last seen @param times counted at most once a minute */
    public record Seen(
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant first,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant last,
            int times,
            String pod,
            int restarts) {}

    /** @param until when the work may be taken over */
    public record Lease(
            String holder,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant until) {

        boolean holdsAt(Instant now) {
            return until.isAfter(now);
        }
    }

    /**
     * @param cause a constant of {@code diagnosis.Cause}
     * @param confidence 0 to 100
     * @param evidence the lines it rests on, each with its source
     * @param missing what could not be read, and why
     */
    public record DiagnosisRecord(
            String cause,
            int confidence,
            String explanation,
            String rule,
            String action,
            List<String> evidence,
            List<String> missing) {}

    /** @param reasons every reason why not; empty where approved @param change the exact change, as a diff */
    public record VerdictRecord(
            String decision,
            List<String> reasons,
            String change,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {}

    /**
     * Written before the first write. @param record the whole change as JSON, from which another process can finish it;
     * dropped when it is done
     */
    public record IntentRecord(
            String remedy,
            String target,
            @Nullable String record,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {}

    /** @param from memory limit before @param to memory limit after; both empty where nothing was changed */
    public record OutcomeRecord(
            String detail,
            String from,
            String to,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {}

    IncidentStatus withLease(@Nullable Lease next) {
        return new IncidentStatus(phase, workload, seen, next, diagnosis, verdict, intent, outcome, story);
    }

    IncidentStatus withSeen(Seen next) {
        return new IncidentStatus(phase, workload, next, lease, diagnosis, verdict, intent, outcome, story);
    }

    public IncidentStatus diagnosed(String nextWorkload, DiagnosisRecord next) {
        return new IncidentStatus(Phase.Diagnosed, nextWorkload, seen, lease, next, verdict, intent, outcome, story);
    }

    public IncidentStatus judged(Phase next, VerdictRecord nextVerdict) {
        return new IncidentStatus(next, workload, seen, lease, diagnosis, nextVerdict, null, outcome, story);
    }

    public IncidentStatus intending(VerdictRecord nextVerdict, IntentRecord next) {
        return new IncidentStatus(Phase.Acting, workload, seen, lease, diagnosis, nextVerdict, next, outcome, story);
    }

    /** Ends the acting; the intent keeps its name and loses its record, which may hold the pod's environment. */
    public IncidentStatus ended(Phase next, OutcomeRecord nextOutcome) {
        var done = intent == null ? null : new IntentRecord(intent.remedy(), intent.target(), null, intent.at());
        return new IncidentStatus(next, workload, seen, lease, diagnosis, verdict, done, nextOutcome, story);
    }

    IncidentStatus telling(Instant at, String sentence) {
        var lines = new ArrayList<>(story);
        lines.add(at + " " + sentence);
        var kept = lines.subList(Math.max(0, lines.size() - STORY_LINES), lines.size());
        return new IncidentStatus(phase, workload, seen, lease, diagnosis, verdict, intent, outcome, kept);
    }
}
