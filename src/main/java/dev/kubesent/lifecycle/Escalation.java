package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Refused;
import dev.kubesent.remedy.engine.Outcome;
import java.util.List;

/** What was done did not help: whether there is a next way, or a larger step. */
record Escalation(ClusterReader reader, Judge judge, Acting acting, Ledger ledger) {

    /** @param ours at phase Verifying @param seen whole or not: of many that were looked at, little is kept */
    Again again(Incident ours, FailingPod seen) {
        var judged = judge.judgeAgain(ours, seen.again(reader, ledger.now()));
        return switch (judged.verdict()) {
            case Refused refused -> {
                judge.note(refused, ours);
                yield new Again.Declined(judged.incident(), refused);
            }
            case Approved approved -> {
                var act = acting.act(judged, approved);
                yield switch (act.outcome()) {
                    case Outcome.Stale _ -> new Again.Acted(acting.untouched(act.incident()));
                    case Outcome.Failed _, Outcome.PutBack _ -> declined(act, approved);
                    case Outcome.Applied _, Outcome.Altered _, Outcome.Superseded _, Outcome.Waiting _ ->
                        new Again.Acted(act.incident());
                };
            }
        };
    }

    private static Again declined(Acting.Act act, Approved approved) {
        var why = new Refusal(RefusalReason.NO_REMEDY_FITS, act.outcome().detail());
        return new Again.Declined(act.incident(), new Refused(List.of(why), new Plan.Planned(approved.change())));
    }
}
