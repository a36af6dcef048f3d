package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.Readmission;
import dev.kubesent.gate.Refused;
import dev.kubesent.incident.Incidents;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Progress;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import dev.kubesent.remedy.engine.Undone;

/** Takes a change back that did not help, and watches until nothing runs with it any more. */
record Undoing(Incidents incidents, Gate gate, Remedies remedies, Ledger ledger, Story story) {

    /** To take something back, where it is changed between the judgement and the write. */
    private static final int ATTEMPTS = 3;

    /** Whether there is anything to say or to do. Reads only. */
    boolean isDue(Incident watched) {
        return watched.progress().hasBegun()
                || remedies.undone(Ledger.all(watched)) != Undone.ROLLING_OUT
                || ledger.isOver(watched);
    }

    /** @param ours at phase Undoing */
    Incident goOn(Incident ours) {
        return ours.progress().hasBegun() ? resume(ours) : watch(ours);
    }

    /** @param ours at phase Verifying @param why in a sentence */
    Incident undo(Incident ours, String why) {
        return undo(ours, why, 1);
    }

    private Incident undo(Incident ours, String why, int attempt) {
        return switch (gate.judgeUndo(ours, remedies.revert(Ledger.standing(ours)))) {
            case Refused refused when refused.isHeldUp() -> ledger.wait(ours, refused);
            case Refused refused ->
                ledger.end(
                        ours, Phase.Failed, why + ". It could not be taken back: " + Story.reasons(refused.reasons()));
            case Approved approved -> {
                var undoing = incidents.record(
                        ours,
                        status -> story.undoing(status, approved, ledger.outcome(why)),
                        why + "; taking it back: " + approved.change().display().replace("\n", " "));
                yield takeBack(undoing, approved, why, attempt);
            }
        };
    }

    private Incident takeBack(Incident undoing, Approved approved, String why, int attempt) {
        var checkpoint = new RecordedStep(incidents, undoing);
        var outcome = remedies.apply(approved, checkpoint);
        var incident = checkpoint.incident();
        return switch (outcome) {
            case Outcome.Applied(var detail, var _) ->
                ledger.tell(incidents.conclude(
                        incident,
                        status -> status.undone(
                                ledger.now(), ledger.outcome(why + ". Taken back: " + detail), SurvivalPolicy.PATIENCE),
                        "taken back: " + detail));
            // What was made is still there, and something beside it was changed: an autoscaler's replicas.
            case Outcome.Stale(var detail)
            when remedies.progress(approved.change(), "") == Progress.UNTOUCHED ->
                attempt < ATTEMPTS
                        ? undo(
                                incidents.record(incident, story::untouched, "not taken back yet: " + detail),
                                why,
                                attempt + 1)
                        : incidents.conclude(
                                incident, story::untouched, "not taken back yet; looking again: " + detail);
            case Outcome.Stale(var detail) ->
                ledger.end(
                        incident,
                        Phase.Superseded,
                        why + ". Somebody has changed it since, and theirs stands: " + detail);
            case Outcome.Superseded(var detail) -> ledger.end(incident, Phase.Superseded, why + ". " + detail);
            case Outcome.Altered(var detail) -> ledger.end(incident, Phase.Failed, why + ". " + detail);
            case Outcome.Failed _, Outcome.PutBack _ ->
                ledger.end(incident, Phase.Failed, why + ". It could not be taken back: " + outcome.detail());
            case Outcome.Waiting(var detail) -> incidents.record(incident, status -> status, "waiting: " + detail);
        };
    }

    private Incident resume(Incident ours) {
        return switch (gate.readmit(ours)) {
            case Readmission.Denied(var why) ->
                incidents.conclude(ours, status -> story.denied(status, why), "not resumed: " + why);
            case Readmission.Nothing _ -> watch(ours);
            case Readmission.Admitted(var approved) -> {
                var progress = remedies.progress(approved.change(), new RecordedStep(incidents, ours).last());
                yield switch (progress) {
                    case Progress.UNDERWAY -> takeBack(ours, approved, Ledger.detail(ours), ATTEMPTS);
                    // Look again first: it may have come to live meanwhile, or be paused.
                    case Progress.UNTOUCHED ->
                        incidents.conclude(ours, story::untouched, "it was not taken back yet; looking again");
                    case Progress.OVERTAKEN ->
                        ledger.end(
                                ours,
                                Phase.Superseded,
                                Ledger.detail(ours) + ". Somebody has changed it since, and theirs stands");
                };
            }
        };
    }

    private Incident watch(Incident ours) {
        return switch (remedies.undone(Ledger.all(ours))) {
            case COMPLETE ->
                ledger.end(ours, Phase.Failed, Ledger.detail(ours) + ". Nothing runs with the change any more");
            case GONE -> ledger.end(ours, Phase.Failed, Ledger.detail(ours) + ". It is gone by now");
            case CHANGED_AGAIN ->
                ledger.end(ours, Phase.Failed, Ledger.detail(ours) + ". Somebody has changed it again since");
            case ROLLING_OUT ->
                ledger.isOver(ours)
                        ? ledger.end(ours, Phase.Failed, Ledger.detail(ours) + ". Some pods still run with the change")
                        : incidents.release(ours);
        };
    }
}
