package dev.kubesent.pipeline;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.Plan;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.Refused;
import dev.kubesent.incident.IncidentStatus;
import dev.kubesent.incident.IncidentStatus.ActRecord;
import dev.kubesent.incident.IncidentStatus.DiagnosisRecord;
import dev.kubesent.incident.IncidentStatus.IntentRecord;
import dev.kubesent.incident.IncidentStatus.OutcomeRecord;
import dev.kubesent.incident.IncidentStatus.VerdictRecord;
import dev.kubesent.incident.Phase;
import dev.kubesent.remedy.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How each stage's result is written into the incident. */
final class Story {

    private static final String OVER =
            RefusalReason.NOT_FAILING_ANY_MORE + ": the pod is gone, or does not show it any more";

    private final Clock clock;

    Story(Clock clock) {
        this.clock = clock;
    }

    IncidentStatus diagnosed(IncidentStatus status, Evidence evidence, Diagnosis diagnosis) {
        var record = new DiagnosisRecord(
                diagnosis.cause().name(),
                diagnosis.confidence(),
                diagnosis.explanation(),
                diagnosis.rule(),
                switch (diagnosis.action()) {
                    case Action.None(var advice) -> "None: " + advice;
                    case Action.RaiseMemory _ -> "RaiseMemory";
                },
                diagnosis.quotes().stream().map(Quote::toString).toList(),
                evidence.missing());
        return status.diagnosed(evidence.workload().display(), record);
    }

    String diagnosed(Diagnosis diagnosis) {
        return "diagnosed %s (confidence %d): %s"
                .formatted(diagnosis.cause(), diagnosis.confidence(), diagnosis.explanation());
    }

    IncidentStatus refused(IncidentStatus status, Refused refused) {
        var reasons = refused.reasons().stream().map(Refusal::toString).toList();
        var change = switch (refused.plan()) {
            case Plan.Planned(var planned) -> String.join("\n", planned.diff());
            case Plan.Nothing _ -> "";
        };
        var phase = refused.isProposal() ? Phase.Proposed : Phase.Refused;
        return status.judged(phase, new VerdictRecord(phase.name(), reasons, change, now()));
    }

    String refused(Refused refused) {
        return (refused.isProposal() ? "proposed only: " : "refused: ")
                + String.join(
                        "; ", refused.reasons().stream().map(Refusal::toString).toList());
    }

    IncidentStatus intending(IncidentStatus status, Approved approved) {
        var change = approved.change();
        return status.intending(
                new VerdictRecord("Approved", List.of(), String.join("\n", change.diff()), now()),
                new IntentRecord(change.remedy(), change.target().display(), KubernetesJson.json(change), "", now()));
    }

    String intending(Approved approved) {
        var change = approved.change();
        return "approved; about to raise the memory limit of container %s from %s to %s by %s of %s"
                .formatted(
                        change.raise().container(),
                        change.raise().from(),
                        change.raise().to(),
                        change.remedy(),
                        change.target().display());
    }

    IncidentStatus ended(IncidentStatus status, Change change, Outcome outcome) {
        var raise = change.raise();
        return switch (outcome) {
            case Outcome.Applied(var detail, var verification) ->
                status.applied(
                        new ActRecord(raise.from().toString(), raise.to().toString(), now()),
                        new OutcomeRecord(detail, verification, now()));
            case Outcome.Altered(var detail) ->
                status.applied(
                                new ActRecord(
                                        raise.from().toString(), raise.to().toString(), now()),
                                new OutcomeRecord(detail, "", now()))
                        .ended(Phase.Failed, new OutcomeRecord(detail, "", now()));
            case Outcome.Superseded(var detail) -> status.ended(Phase.Superseded, new OutcomeRecord(detail, "", now()));
            case Outcome.Failed(var detail) -> status.ended(Phase.Failed, new OutcomeRecord(detail, "", now()));
            // Not an end: the intent stays as it is.
            case Outcome.Stale _, Outcome.Waiting _ -> status;
        };
    }

    /** Nothing was begun, and there is nothing to begin any more. */
    IncidentStatus over(IncidentStatus status) {
        return status.judged(Phase.Refused, new VerdictRecord("Refused", List.of(OVER), "", now()));
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
        if (status.phase() == Phase.Acting) {
            return status;
        }
        var outcome = new OutcomeRecord("a defect of KubeSent: " + e, "", now());
        var intent = status.intent();
        return intent != null && intent.record() != null
                ? status.failedKeeping(outcome)
                : status.ended(Phase.Failed, outcome);
    }

    String ended(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied(var detail, var _) -> "applied: " + detail;
            case Outcome.Altered(var detail) -> "altered by somebody else: " + detail;
            case Outcome.Superseded(var detail) -> "superseded: " + detail;
            case Outcome.Failed(var detail) -> "failed: " + detail;
            case Outcome.Stale(var detail) -> "what was judged had changed (" + detail + "); deciding again";
            case Outcome.Waiting(var detail) -> "waiting: " + detail;
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
