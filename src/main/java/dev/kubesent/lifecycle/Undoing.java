package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.Readmission;
import dev.kubesent.gate.Refused;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Progress;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.text.Clauses;

/** Takes a change back that did not help, and watches until nothing runs with it any more. */
public record Undoing(Gate gate, Remedies remedies, Ledger ledger) implements Handler {

    /** To take something back, where it is changed between the judgement and the write. */
    private static final int ATTEMPTS = 3;

    /** Reads only. What it sees is what the step goes by. @param watched at phase Undoing */
    Due due(Incident watched) {
        if (watched.progress().hasBegun()) {
            return new Due.Step(this::advance);
        }
        var undone = remedies.undone(Ledger.all(watched));
        return undone == Undone.ROLLING_OUT && !ledger.isOver(watched)
                ? new Due.Nothing()
                : new Due.LastWord(ours -> advance(ours, undone));
    }

    @Override
    public Incident advance(Incident ours) {
        return ours.progress().hasBegun() ? resume(ours) : watch(ours);
    }

    /** @param ours at phase Verifying @param why in a sentence */
    Incident undo(Incident ours, String why) {
        return undo(ours, Clauses.open(why), 1);
    }

    private Incident undo(Incident ours, String why, int attempt) {
        return switch (gate.judgeUndo(ours, remedies.revert(Ledger.standing(ours)))) {
            case Refused refused
            when refused.isHeldUp() -> ledger.conclude(ours, ledger.story().waiting(refused));
            case Refused refused ->
                ledger.end(
                        ours, Phase.Failed, why + ". It could not be taken back: " + Story.reasons(refused.reasons()));
            case Approved approved ->
                takeBack(ledger.record(ours, ledger.story().undoing(approved, why)), approved, why, attempt);
        };
    }

    private Incident takeBack(Incident undoing, Approved approved, String why, int attempt) {
        var checkpoint = new RecordedStep(ledger, undoing);
        var outcome = remedies.apply(approved, checkpoint);
        var incident = checkpoint.incident();
        return switch (outcome) {
            case Outcome.Applied(var detail, var _) ->
                ledger.tell(ledger.conclude(incident, ledger.story().undone(why, detail)));
            // What was made is still there, and something beside it was changed: an autoscaler's replicas.
            case Outcome.Stale(var detail)
            when remedies.progress(approved.change(), "") == Progress.UNTOUCHED ->
                attempt < ATTEMPTS
                        ? undo(
                                ledger.record(incident, Story.untouched("not taken back yet: " + detail)),
                                why,
                                attempt + 1)
                        : ledger.conclude(incident, Story.untouched("not taken back yet; looking again: " + detail));
            case Outcome.Stale(var detail) ->
                ledger.end(
                        incident,
                        Phase.Superseded,
                        why + ". Somebody has changed it since, and that change stays: " + detail);
            case Outcome.Superseded(var detail) -> ledger.end(incident, Phase.Superseded, why + ". " + detail);
            case Outcome.Altered(var detail) -> ledger.end(incident, Phase.Failed, why + ". " + detail);
            case Outcome.Failed _, Outcome.PutBack _ ->
                ledger.end(incident, Phase.Failed, why + ". It could not be taken back: " + outcome.detail());
            case Outcome.Waiting _ -> ledger.record(incident, Story.said(outcome));
        };
    }

    private Incident resume(Incident ours) {
        return switch (gate.readmit(ours)) {
            case Readmission.Denied(var why) ->
                ledger.conclude(ours, ledger.story().denied(why));
            case Readmission.Nothing _ -> watch(ours);
            case Readmission.Admitted(var approved) -> resume(ours, approved);
        };
    }

    private Incident resume(Incident ours, Approved approved) {
        return switch (remedies.progress(approved.change(), new RecordedStep(ledger, ours).last())) {
            case UNDERWAY -> takeBack(ours, approved, said(ours), ATTEMPTS);
            // Look again first: it may have come to live meanwhile, or be paused.
            case UNTOUCHED -> ledger.conclude(ours, Story.untouched("it was not taken back yet; looking again"));
            case OVERTAKEN ->
                ledger.end(
                        ours, Phase.Superseded, said(ours) + ". Somebody has changed it since, and that change stays");
        };
    }

    private Incident watch(Incident ours) {
        return advance(ours, remedies.undone(Ledger.all(ours)));
    }

    private Incident advance(Incident ours, Undone undone) {
        return switch (undone) {
            case COMPLETE -> failed(ours, "Nothing runs with the change any more");
            case GONE -> failed(ours, "It is gone by now");
            case CHANGED_AGAIN -> failed(ours, "Somebody has changed it again since");
            case ROLLING_OUT ->
                ledger.isOver(ours) ? failed(ours, "Some pods still run with the change") : ledger.release(ours);
        };
    }

    private Incident failed(Incident ours, String how) {
        return ledger.end(ours, Phase.Failed, said(ours) + ". " + how);
    }

    private static String said(Incident ours) {
        return Clauses.open(Ledger.detail(ours));
    }
}
