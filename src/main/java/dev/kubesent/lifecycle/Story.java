package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.OutcomeRecord;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.consultation.Consultation;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.run.RunFacts;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Refused;
import dev.kubesent.incident.Entry;
import dev.kubesent.incident.StoredChange;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import dev.kubesent.text.Clauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What each stage's result becomes in the incident: the next status, and a sentence. */
public final class Story {

    private final Verdicts verdicts;

    public Story(Clock clock) {
        this.verdicts = new Verdicts(clock);
    }

    Entry diagnosed(Evidence evidence, Consultation.Result result) {
        var record = Finding.of(result.diagnosis(), evidence.missing(), evidence.drillDown());
        return new Entry(
                status -> status.diagnosed(workload(status, evidence), record, result.opinion()),
                result.opinion()
                        .map(said -> Clauses.joined(List.of(diagnosed(result.diagnosis()), said.note())))
                        .orElseGet(() -> diagnosed(result.diagnosis())));
    }

    /** What was once known is not forgotten because the owners cannot be read just now. */
    private static String workload(IncidentStatus status, Evidence evidence) {
        return evidence.owners().present().isEmpty() && !status.workload().isEmpty()
                ? status.workload()
                : evidence.workload().display();
    }

    private static String diagnosed(Diagnosis diagnosis) {
        return "diagnosed %s (confidence %d): %s"
                .formatted(diagnosis.cause(), diagnosis.confidence(), diagnosis.explanation());
    }

    /** Of a run that left no pod nothing can be changed. @param owner the CronJob, where there is one */
    public Entry told(ObjectRef owner, RunFacts facts, Diagnosis diagnosis) {
        var nothing = new Refusal(RefusalReason.NOTHING_TO_DO, advice(diagnosis));
        var refused = new Refused(List.of(nothing), new Plan.Nothing(nothing));
        var found = Finding.of(diagnosis, List.of(), facts.drillDown());
        return new Entry(
                status -> refused(status.diagnosed(owner.display(), found, Optional.empty()), refused),
                diagnosed(diagnosis));
    }

    private static String advice(Diagnosis diagnosis) {
        return diagnosis.action().isHealing()
                ? "a run that is over is not changed"
                : diagnosis.action().advice("");
    }

    Entry refused(Refused refused) {
        return new Entry(status -> refused(status, refused), begin(refused.phase()) + reasons(refused.reasons()));
    }

    /** What did not help and was taken back stays failed, however often the failure is seen again. */
    private IncidentStatus refused(IncidentStatus status, Refused refused) {
        var phase = refused.isProposal() || !failedBefore(status) ? refused.phase() : Phase.Failed;
        return status.judged(phase, verdicts.refused(status, phase, refused));
    }

    private static String begin(Phase phase) {
        return switch (phase) {
            case Waiting -> "waits: ";
            case Proposed -> "proposed only: ";
            case NoAutomaticFix -> "no automatic fix: ";
            case Refused, Opened, Diagnosed, Acting, Verifying, Healed, Undoing, Failed, Superseded, Closed ->
                "refused: ";
        };
    }

    private static boolean failedBefore(IncidentStatus status) {
        return status.acts().stream().anyMatch(act -> act.undone() != null)
                && status.standing().isEmpty();
    }

    static String reasons(List<Refusal> reasons) {
        return Clauses.joined(reasons.stream().map(Refusal::toString).toList());
    }

    /** What stands in the way of doing anything now, while a change is watched. */
    Entry waiting(Refused refused) {
        return new Entry(
                status -> status.waiting(verdicts.refused(status, Phase.Waiting, refused)),
                "it fails; nothing is done about it now: " + reasons(refused.reasons()));
    }

    /** @param mustLive how long the workload has to, afterwards @param others what fails in the pod beside it */
    Entry intending(Approved approved, Duration mustLive, List<Fault> others) {
        var intent = StoredChange.intent(approved.change(), now());
        return new Entry(
                status -> status.intending(verdicts.approved(status, approved), intent, mustLive, others),
                "approved%s; about to %s"
                        .formatted(
                                approved.waived().isEmpty()
                                        ? ""
                                        : " by a person, against " + reasons(approved.waived()),
                                approved.change().purpose()));
    }

    /** The change is about to be taken back. @param why it did not help, in a sentence */
    Entry undoing(Approved approved, String why) {
        var intent = StoredChange.intent(approved.change(), now());
        return new Entry(
                status -> status.undoing(verdicts.approved(status, approved), intent, outcome(why)),
                why + "; taking it back: " + approved.change().display().replace("\n", " "));
    }

    /** It was taken back; whether that has reached the pods is watched. */
    Entry undone(String why, String detail) {
        return new Entry(
                status -> status.undone(now(), outcome(why + ". Taken back: " + detail), SurvivalPolicy.PATIENCE),
                "taken back: " + detail);
    }

    /** An act has ended, with the change made or not. */
    Entry ended(Change change, Outcome outcome) {
        return new Entry(status -> ended(status, change, outcome), sentence(outcome));
    }

    private IncidentStatus ended(IncidentStatus status, Change change, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied(var detail, var verification) ->
                status.applied(
                        Phase.Verifying,
                        StoredChange.act(change, now()),
                        new OutcomeRecord(detail, verification, now()),
                        SurvivalPolicy.PATIENCE);
            case Outcome.Altered(var detail) ->
                status.applied(Phase.Failed, StoredChange.act(change, now()), outcome(detail), SurvivalPolicy.PATIENCE);
            case Outcome.PutBack(var detail) -> status.putBack(StoredChange.act(change, now()), outcome(detail));
            case Outcome.Superseded(var detail) -> status.ended(Phase.Superseded, outcome(detail));
            case Outcome.Failed(var detail) -> status.ended(Phase.Failed, outcome(detail));
            // Not an end: the intent stays as it is.
            case Outcome.Stale _, Outcome.Waiting _ -> status;
        };
    }

    /** What came of an act, which leaves the incident where it is. */
    static Entry said(Outcome outcome) {
        return Entry.of(sentence(outcome));
    }

    private static String sentence(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied(var detail, var _) -> "applied: " + detail;
            case Outcome.Altered(var detail) -> "altered by somebody else: " + detail;
            case Outcome.Superseded(var detail) -> "superseded: " + detail;
            case Outcome.PutBack(var detail) -> "put back: " + detail;
            case Outcome.Failed(var detail) -> "failed: " + detail;
            case Outcome.Stale(var detail) -> "what was judged had changed (" + detail + "); deciding again";
            case Outcome.Waiting(var detail) -> "waiting: " + detail;
        };
    }

    /** Back to before the intent: the next round or event judges anew. @param outcome whose sentence it is */
    static Entry untouched(Outcome outcome) {
        return untouched(sentence(outcome));
    }

    static Entry untouched(String sentence) {
        return new Entry(IncidentStatus::withoutIntent, sentence);
    }

    /** The last word about a change. */
    Entry last(Phase phase, String detail) {
        return new Entry(status -> status.ended(phase, outcome(detail)), detail);
    }

    /** It helped; that all pods of the template live was not seen. */
    Entry healedInPart(String detail) {
        return new Entry(status -> status.healedInPart(outcome(detail)), detail);
    }

    /** Nothing was begun, and there is nothing to begin any more. */
    Entry over() {
        return new Entry(
                status -> status.judged(Phase.Closed, verdicts.over()),
                "the pod is gone, or does not show it any more");
    }

    /** A record that cannot be ours stays where it is, for a person to look at. */
    Entry denied(String why) {
        var sentence = "not resumed: " + why;
        return new Entry(status -> status.failedKeeping(outcome(sentence)), sentence);
    }

    /** A defect of ours. An act that has begun is left as it is, to be resumed by a version that has none. */
    Entry defect(RuntimeException e) {
        var sentence = "a defect of KubeSent: " + e;
        return new Entry(status -> defect(status, outcome(sentence)), sentence);
    }

    private static IncidentStatus defect(IncidentStatus status, OutcomeRecord outcome) {
        if (status.phase().atWork()) {
            return status;
        }
        return status.hasBegun() ? status.failedKeeping(outcome) : status.ended(Phase.Failed, outcome);
    }

    private OutcomeRecord outcome(String detail) {
        return new OutcomeRecord(detail, "", now());
    }

    private Instant now() {
        return verdicts.now();
    }
}
