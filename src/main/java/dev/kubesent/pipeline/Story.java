package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.OutcomeRecord;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.run.RunFacts;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Refused;
import dev.kubesent.incident.StoredChange;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How each stage's result is written into the incident. */
final class Story {

    private static final String OVER =
            RefusalReason.NOT_FAILING_ANY_MORE + ": the pod is gone, or does not show it any more";

    /** After which what was given time is judged again. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Clock clock;

    Story(Clock clock) {
        this.clock = clock;
    }

    IncidentStatus diagnosed(IncidentStatus status, Evidence evidence, Consultation.Result result) {
        var record = Finding.of(result.diagnosis(), evidence.missing(), evidence.drillDown());
        // What was once known is not forgotten because the owners cannot be read just now.
        var workload =
                evidence.owners().present().isEmpty() && !status.workload().isEmpty()
                        ? status.workload()
                        : evidence.workload().display();
        return status.diagnosed(workload, record, result.opinion());
    }

    String diagnosed(Consultation.Result result) {
        return diagnosed(result.diagnosis())
                + result.opinion().map(said -> "; " + said.note()).orElse("");
    }

    String diagnosed(Diagnosis diagnosis) {
        return "diagnosed %s (confidence %d): %s"
                .formatted(diagnosis.cause(), diagnosis.confidence(), diagnosis.explanation());
    }

    /** Of a run that left no pod nothing can be changed. @param owner the CronJob, where there is one */
    IncidentStatus told(IncidentStatus status, ObjectRef owner, RunFacts facts, Diagnosis diagnosis) {
        var nothing = new Refusal(RefusalReason.NOTHING_TO_DO, advice(diagnosis));
        var refused = new Refused(List.of(nothing), new Plan.Nothing(nothing));
        return refused(
                status.diagnosed(
                        owner.display(), Finding.of(diagnosis, List.of(), facts.drillDown()), Optional.empty()),
                refused);
    }

    private static String advice(Diagnosis diagnosis) {
        return diagnosis.action().isHealing()
                ? "a run that is over is not changed"
                : diagnosis.action().advice("");
    }

    /** What did not help and was taken back stays failed, however often the failure is seen again. */
    IncidentStatus refused(IncidentStatus status, Refused refused) {
        var phase = refused.isProposal() || !failedBefore(status) ? refused.phase() : Phase.Failed;
        return status.judged(phase, verdict(status, phase.name(), refused));
    }

    /** What stands in the way of doing anything now, while a change is watched. */
    IncidentStatus waiting(IncidentStatus status, Refused refused) {
        return status.waiting(verdict(status, Phase.Waiting.name(), refused));
    }

    private VerdictRecord verdict(IncidentStatus status, String decision, Refused refused) {
        var reasons = Stream.concat(refused.reasons().stream().map(Refusal::toString), dropped(status))
                .toList();
        var again = refused.isFor(RefusalReason.TOO_SOON) ? now().plus(SOON) : null;
        return switch (refused.plan()) {
            case Plan.Nothing _ -> new VerdictRecord(decision, reasons, "", "", "", now(), null, again);
            case Plan.Planned(var change) ->
                new VerdictRecord(
                        decision,
                        reasons,
                        change.display(),
                        change.patchYaml(),
                        change.fingerprint(),
                        now(),
                        since(status.verdict(), change),
                        again);
        };
    }

    /** A change that is proposed again has been proposed all along. */
    private Instant since(@Nullable VerdictRecord before, Change change) {
        return before != null && before.since() != null && before.fingerprint().equals(change.fingerprint())
                ? before.since()
                : now();
    }

    String refused(Refused refused) {
        return begin(refused.phase()) + reasons(refused.reasons());
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
        return reasons.stream().map(Refusal::toString).collect(Collectors.joining("; "));
    }

    IncidentStatus intending(IncidentStatus status, Approved approved, Duration mustLive, List<Fault> others) {
        return status.intending(
                approved(status, approved), StoredChange.intent(approved.change(), now()), mustLive, others);
    }

    IncidentStatus undoing(IncidentStatus status, Approved approved, OutcomeRecord why) {
        return status.undoing(approved(status, approved), StoredChange.intent(approved.change(), now()), why);
    }

    /** What a model's patch asked for beyond what may be changed. */
    private static Stream<String> dropped(IncidentStatus status) {
        return status.opinion() == null
                ? Stream.of()
                : status.opinion().dropped().stream().map(path -> "dropped from the model's patch: " + path);
    }

    private VerdictRecord approved(IncidentStatus status, Approved approved) {
        return new VerdictRecord(
                "Approved",
                Stream.concat(
                                approved.waived().stream().map(refusal -> "set aside by an approval: " + refusal),
                                dropped(status))
                        .toList(),
                approved.change().display(),
                approved.change().patchYaml(),
                approved.change().fingerprint(),
                now(),
                null,
                null);
    }

    String intending(Approved approved) {
        return "approved%s; about to %s"
                .formatted(
                        approved.waived().isEmpty() ? "" : " by a person, against " + reasons(approved.waived()),
                        approved.change().purpose());
    }

    IncidentStatus ended(IncidentStatus status, Change change, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied(var detail, var verification) ->
                status.applied(
                        Phase.Verifying,
                        StoredChange.act(change, now()),
                        new OutcomeRecord(detail, verification, now()),
                        SurvivalPolicy.PATIENCE);
            case Outcome.Altered(var detail) ->
                status.applied(
                        Phase.Failed,
                        StoredChange.act(change, now()),
                        new OutcomeRecord(detail, "", now()),
                        SurvivalPolicy.PATIENCE);
            case Outcome.PutBack(var detail) ->
                status.putBack(StoredChange.act(change, now()), new OutcomeRecord(detail, "", now()));
            case Outcome.Superseded(var detail) -> status.ended(Phase.Superseded, new OutcomeRecord(detail, "", now()));
            case Outcome.Failed(var detail) -> status.ended(Phase.Failed, new OutcomeRecord(detail, "", now()));
            // Not an end: the intent stays as it is.
            case Outcome.Stale _, Outcome.Waiting _ -> status;
        };
    }

    /** Nothing was begun, and there is nothing to begin any more. */
    IncidentStatus over(IncidentStatus status) {
        return status.judged(Phase.Closed, new VerdictRecord("Closed", List.of(OVER), "", "", "", now(), null, null));
    }

    /** Back to before the intent: the next round or event judges anew. */
    IncidentStatus untouched(IncidentStatus status) {
        return status.withoutIntent();
    }

    /** A record that cannot be ours stays where it is, for a person to look at. */
    IncidentStatus denied(IncidentStatus status, String why) {
        return status.failedKeeping(new OutcomeRecord("not resumed: " + why, "", now()));
    }

    /** A defect of ours. An act that has begun is left as it is, to be resumed by a version that has none. */
    IncidentStatus defect(IncidentStatus status, RuntimeException e) {
        return switch (status.phase()) {
            case Acting, Verifying, Undoing -> status;
            case Opened, Diagnosed, NoAutomaticFix, Refused, Waiting, Proposed, Healed, Failed, Superseded, Closed -> {
                var outcome = new OutcomeRecord("a defect of KubeSent: " + e, "", now());
                yield status.hasBegun() ? status.failedKeeping(outcome) : status.ended(Phase.Failed, outcome);
            }
        };
    }

    String ended(Outcome outcome) {
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

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
