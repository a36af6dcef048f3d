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
 * @param acts every change that was made, oldest first: attempts, cool-down and bounds count these
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
        List<ActRecord> acts,
        List<String> story) {

    static final IncidentStatus EMPTY =
            new IncidentStatus(Phase.Opened, "", null, null, null, null, null, null, List.of(), List.of());

    /** Lines of story to keep; the oldest go first, so that an incident never outgrows etcd. */
    private static final int STORY_LINES = 60;

    /** Characters of one line of it. */
    private static final int LINE_LENGTH = 1000;

    private static final int ACTS = 50;

    public IncidentStatus {
        phase = Objects.requireNonNullElse(phase, Phase.Opened);
        workload = Objects.requireNonNullElse(workload, "");
        acts = acts == null ? List.of() : List.copyOf(acts);
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

        /** A lease without an end, which only somebody else can have written, holds nothing. */
        boolean holdsAt(Instant now) {
            return until != null && until.isAfter(now);
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
     * @param step the last point of no return that was reached; empty before the first
     */
    public record IntentRecord(
            String remedy,
            String target,
            @Nullable String record,
            String step,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {}

    /** How the last act ended. @param verification how it was confirmed; empty where nothing was changed */
    public record OutcomeRecord(
            String detail,
            String verification,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {}

    /** One change that was made. An incident can see several: somebody takes it back, and the failure returns. */
    public record ActRecord(
            String from,
            String to,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {}

    IncidentStatus withLease(@Nullable Lease next) {
        return new IncidentStatus(phase, workload, seen, next, diagnosis, verdict, intent, outcome, acts, story);
    }

    IncidentStatus withSeen(Seen next) {
        return new IncidentStatus(phase, workload, next, lease, diagnosis, verdict, intent, outcome, acts, story);
    }

    public IncidentStatus diagnosed(String nextWorkload, DiagnosisRecord next) {
        return new IncidentStatus(
                Phase.Diagnosed, nextWorkload, seen, lease, next, verdict, intent, outcome, acts, story);
    }

    public IncidentStatus judged(Phase next, VerdictRecord nextVerdict) {
        return new IncidentStatus(next, workload, seen, lease, diagnosis, nextVerdict, null, outcome, acts, story);
    }

    public IncidentStatus intending(VerdictRecord nextVerdict, IntentRecord next) {
        return new IncidentStatus(
                Phase.Acting, workload, seen, lease, diagnosis, nextVerdict, next, outcome, acts, story);
    }

    /** Back to before the intent. */
    public IncidentStatus withoutIntent() {
        return new IncidentStatus(
                Phase.Diagnosed, workload, seen, lease, diagnosis, verdict, null, outcome, acts, story);
    }

    /** A point of no return in the act: whoever resumes it must know that it was reached. */
    public IncidentStatus reached(String step) {
        var next = intent == null
                ? null
                : new IntentRecord(intent.remedy(), intent.target(), intent.record(), step, intent.at());
        return new IncidentStatus(phase, workload, seen, lease, diagnosis, verdict, next, outcome, acts, story);
    }

    /** Ends the acting with a change made. */
    public IncidentStatus applied(ActRecord act, OutcomeRecord nextOutcome) {
        var made = new ArrayList<>(acts);
        made.add(act);
        var kept = made.subList(Math.max(0, made.size() - ACTS), made.size());
        return new IncidentStatus(
                Phase.Applied, workload, seen, lease, diagnosis, verdict, done(), nextOutcome, kept, story);
    }

    /** Ends the acting with nothing changed. */
    public IncidentStatus ended(Phase next, OutcomeRecord nextOutcome) {
        return new IncidentStatus(next, workload, seen, lease, diagnosis, verdict, done(), nextOutcome, acts, story);
    }

    /** Ends the acting, and keeps the record of the intent. */
    public IncidentStatus failedKeeping(OutcomeRecord nextOutcome) {
        return new IncidentStatus(
                Phase.Failed, workload, seen, lease, diagnosis, verdict, intent, nextOutcome, acts, story);
    }

    /** The intent keeps its name and loses its record, which may hold the pod's environment. */
    private @Nullable IntentRecord done() {
        return intent == null ? null : new IntentRecord(intent.remedy(), intent.target(), null, "", intent.at());
    }

    IncidentStatus telling(Instant at, String sentence) {
        var lines = new ArrayList<>(story);
        lines.add(at + " " + sentence.substring(0, Math.min(sentence.length(), LINE_LENGTH)));
        var kept = lines.subList(Math.max(0, lines.size() - STORY_LINES), lines.size());
        return new IncidentStatus(phase, workload, seen, lease, diagnosis, verdict, intent, outcome, acts, kept);
    }
}
