package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kubesent.redaction.Legible;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far an incident has come. It is written after every step and before every write to a workload.
 *
 * @param phase how far the work on this incident has come
 * @param workload the top of the owner chain, as {@code Deployment/web}; empty until it is known
 * @param seen when the failure was seen, and in which pod
 * @param lease the process that works on it now; absent if none does
 * @param takeovers how often a lease on it expired since the work on it last ended
 * @param approval the approval of a person, as KubeSent read it
 * @param diagnosis what was found
 * @param opinion what a model said, if one was asked
 * @param verdict what the gate decided, and why
 * @param intent the change that is under way, or the last one
 * @param survival how long the workload has to be healthy until the last change counts as a cure
 * @param outcome what came of the last change
 * @param acts every change that was made, oldest first: attempts, cool-down and bounds count these
 * @param conditions one condition of each type, for {@code kubectl wait} and health checks
 * @param observedGeneration the generation of the spec that this status is about; KubeSent has not yet read what a person set later
 * @param story what happened, in sentences, oldest first: {@code kubectl describe incident} reads as a report
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record IncidentStatus(
        Phase phase,
        String workload,
        @Nullable Seen seen,
        @Nullable Lease lease,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int takeovers,
        @Nullable ApprovalRecord approval,
        @Nullable DiagnosisRecord diagnosis,
        @Nullable OpinionRecord opinion,
        @Nullable VerdictRecord verdict,
        @Nullable IntentRecord intent,
        @Nullable SurvivalRecord survival,
        @Nullable OutcomeRecord outcome,
        List<ActRecord> acts,
        List<Condition> conditions,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long observedGeneration,
        List<String> story)
        implements Facets {

    public static final IncidentStatus EMPTY = new IncidentStatus(
            Phase.Opened,
            "",
            null,
            null,
            0,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            0,
            List.of());

    /** Lines of story to keep; the oldest go first, so that an incident never outgrows etcd. */
    private static final int STORY_LINES = 60;

    /** Lines that one look at it tells at most; what the look before told in the same words is not told again. */
    private static final int ROUND = 3;

    /** Characters of one line of it. */
    private static final int LINE_LENGTH = 1000;

    private static final int ACTS = 50;

    public IncidentStatus {
        phase = Objects.requireNonNullElse(phase, Phase.Opened);
        workload = Legible.line(Objects.requireNonNullElse(workload, ""));
        acts = acts == null ? List.of() : List.copyOf(acts);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        story = Legible.lines(story);
    }

    /** The acts that are in force. */
    public List<ActRecord> standing() {
        return Acts.standing(acts, survival);
    }

    /** Whether a change is written down and not known to be finished. */
    public boolean hasBegun() {
        return intent != null && intent.record() != null;
    }

    public IncidentStatus withLease(Lease next) {
        return draft().lease(next).done();
    }

    /** The work on it has come to an end, or to a rest. */
    public IncidentStatus letGo() {
        return draft().lease(null).takeovers(0).done();
    }

    public IncidentStatus takenOver(int times) {
        return draft().takeovers(times).done();
    }

    public IncidentStatus with(Condition next) {
        return draft().conditions(next.among(conditions)).done();
    }

    public IncidentStatus observed(long generation) {
        return draft().observedGeneration(generation).done();
    }

    public IncidentStatus withSeen(Seen next) {
        return draft().seen(next).done();
    }

    /** What was known already is not forgotten. */
    public IncidentStatus ofWorkload(String next) {
        return workload.isEmpty() ? draft().workload(next).done() : this;
    }

    public IncidentStatus approved(ApprovalRecord next) {
        return draft().approval(next).takeovers(0).done();
    }

    /** While a change is being watched, a new diagnosis does not end the watch. */
    public IncidentStatus diagnosed(String nextWorkload, DiagnosisRecord next, Optional<OpinionRecord> said) {
        return draft().opinion(said.orElse(opinion))
                .phase(phase == Phase.Verifying ? phase : Phase.Diagnosed)
                .workload(nextWorkload)
                .diagnosis(next)
                .done();
    }

    public IncidentStatus judged(Phase next, VerdictRecord nextVerdict) {
        return draft().phase(next).verdict(nextVerdict).intent(null).done();
    }

    /** @param mustLive how long the workload has to, afterwards @param others what fails in the pod beside it, where nothing is in force yet */
    public IncidentStatus intending(
            VerdictRecord nextVerdict, IntentRecord next, Duration mustLive, List<Fault> others) {
        return draft().phase(Phase.Acting)
                .verdict(nextVerdict)
                .intent(next)
                .survival(new SurvivalRecord(
                        mustLive.toSeconds(),
                        survival == null ? null : survival.since(),
                        survival == null ? null : survival.until(),
                        survival == null || standing().isEmpty() ? others : survival.before()))
                .done();
    }

    /** Nothing can be done about it at this time; the phase stays. */
    public IncidentStatus waiting(VerdictRecord nextVerdict) {
        return draft().verdict(nextVerdict).done();
    }

    /** Seen failing again, while it is watched. */
    public IncidentStatus seenAgain(Instant now) {
        return seen == null ? this : withSeen(seen.again(now, seen.pod(), seen.restarts()));
    }

    /** Before the intent; to the watch, where an earlier change is in force. */
    public IncidentStatus withoutIntent() {
        var watched =
                survival != null && survival.since() != null && !standing().isEmpty();
        return draft().phase(watched ? Phase.Verifying : Phase.Diagnosed)
                .intent(null)
                .done();
    }

    /** A point of no return in the act: whoever resumes it must know that it was reached. */
    public IncidentStatus reached(String step) {
        var next = intent == null
                ? null
                : new IntentRecord(intent.remedy(), intent.target(), intent.record(), step, intent.at());
        return draft().intent(next).done();
    }

    /** Ends the acting with a change made, and begins the watch. @param next the phase; Verifying unless it went wrong */
    public IncidentStatus applied(Phase next, ActRecord act, OutcomeRecord nextOutcome, Duration patience) {
        var made = new ArrayList<>(acts);
        made.add(act);
        return draft().phase(next)
                .approval(approval == null ? null : approval.spent())
                .intentDone()
                .outcome(nextOutcome)
                .acts(made.subList(Math.max(0, made.size() - ACTS), made.size()))
                .survival(watchFrom(act.at(), patience))
                .done();
    }

    /** Ends the acting with a change that was put back within the act itself. */
    public IncidentStatus putBack(ActRecord act, OutcomeRecord nextOutcome) {
        return applied(Phase.Failed, act.undone(act.at()), nextOutcome, Duration.ZERO);
    }

    /** The change is about to be taken back. @param why it did not help */
    public IncidentStatus undoing(VerdictRecord nextVerdict, IntentRecord next, OutcomeRecord why) {
        return draft().phase(Phase.Undoing)
                .verdict(nextVerdict)
                .intent(next)
                .outcome(why)
                .done();
    }

    /** It was taken back; whether that has reached the pods is watched. */
    public IncidentStatus undone(Instant at, OutcomeRecord nextOutcome, Duration patience) {
        return draft().phase(Phase.Undoing)
                .intentDone()
                .outcome(nextOutcome)
                .acts(acts.stream().map(act -> act.undone(at)).toList())
                .survival(watchFrom(at, patience))
                .done();
    }

    /** Ends the work on it with nothing more changed. */
    public IncidentStatus ended(Phase next, OutcomeRecord nextOutcome) {
        var ended = draft().phase(next).intentDone().outcome(nextOutcome);
        return Acts.endsWithARestart(acts) ? Acts.over(ended, this, next, nextOutcome.at()) : ended.done();
    }

    /** It helped; that all pods of the template live was not seen. */
    public IncidentStatus healedInPart(OutcomeRecord nextOutcome) {
        return draft().acts(acts.stream().map(ActRecord::withoutTemplate).toList())
                .done()
                .ended(Phase.Healed, nextOutcome);
    }

    /** Ends the acting, and keeps the record of the intent. */
    public IncidentStatus failedKeeping(OutcomeRecord nextOutcome) {
        return draft().phase(Phase.Failed).outcome(nextOutcome).done();
    }

    public IncidentStatus telling(Instant at, String sentence) {
        var lines = new ArrayList<>(story);
        var line = sentence.substring(0, Math.min(sentence.length(), LINE_LENGTH));
        if (lines.subList(Math.max(0, lines.size() - ROUND), lines.size()).stream()
                .anyMatch(told -> told.endsWith(" " + line))) {
            return this; // who waits is looked at each minute, and the beginning of the story would be pushed out
        }
        lines.add(at + " " + line);
        return draft().story(lines.subList(Math.max(0, lines.size() - STORY_LINES), lines.size()))
                .done();
    }

    private SurvivalRecord watchFrom(Instant since, Duration patience) {
        var seconds = survival == null ? 0 : survival.seconds();
        var before = survival == null ? List.<Fault>of() : survival.before();
        return new SurvivalRecord(seconds, since, since.plusSeconds(seconds).plus(patience), before);
    }

    private StatusDraft draft() {
        return new StatusDraft(this);
    }
}
