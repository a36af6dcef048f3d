package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.change.Change;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.Readmission;
import dev.kubesent.incident.Incidents;
import dev.kubesent.lifecycle.Judge.Judged;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Progress;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import dev.kubesent.report.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** An approved change: it is written down as an intent, then made; and one that was cut short is finished. */
public final class Acting implements Handler {

    private final ClusterReader reader;
    private final Gate gate;
    private final Remedies remedies;
    private final SurvivalPolicy survival;
    private final Ledger ledger;

    Acting(ClusterReader reader, Gate gate, Remedies remedies, SurvivalPolicy survival, Ledger ledger) {
        this.reader = reader;
        this.gate = gate;
        this.remedies = remedies;
        this.survival = survival;
        this.ledger = ledger;
    }

    /** What came of an act, and the incident as it was written after it. */
    record Act(Incident incident, Outcome outcome) {}

    /** Goes on with what was cut short; there is no pod at hand, and there may be none at all. */
    @Override
    public Incident advance(Incident ours) {
        return switch (gate.readmit(ours)) {
            case Readmission.Nothing _ -> untouched(ours);
            case Readmission.Denied(var why) -> deny(ours, why);
            case Readmission.Admitted(var approved) -> resume(ours, approved);
        };
    }

    Incident deny(Incident ours, String why) {
        return ledger.conclude(ours, ledger.story().denied(why));
    }

    Incident untouched(Incident ours) {
        return ledger.conclude(ours, Story.untouched("nothing was changed; it is judged anew"));
    }

    /** How far it has come. */
    Progress progress(Incident ours, Approved approved) {
        return remedies.progress(approved.change(), new RecordedStep(ledger, ours).last());
    }

    Incident resume(Incident ours, Approved approved) {
        var target = approved.change().target();
        return switch (progress(ours, approved)) {
            case UNDERWAY -> resumed(act(ours, approved, target, target));
            case UNTOUCHED -> untouched(ours);
            case OVERTAKEN ->
                end(ours, approved.change(), new Outcome.Superseded("somebody else changed it"), target, target)
                        .incident();
        };
    }

    private Incident resumed(Act act) {
        return switch (act.outcome()) {
            case Outcome.Stale _ -> untouched(act.incident());
            case Outcome.Failed _, Outcome.PutBack _
            when act.incident().progress().phase() == Phase.Verifying -> ledger.release(act.incident());
            case Outcome.Failed _,
                    Outcome.PutBack _,
                    Outcome.Applied _,
                    Outcome.Altered _,
                    Outcome.Superseded _,
                    Outcome.Waiting _ -> act.incident();
        };
    }

    Act act(Judged judged, Approved approved) {
        var evidence = judged.evidence();
        var mustLive = survival.mustLive(evidence.failure());
        var beside = PreexistingFailures.of(reader, approved.change(), evidence, ledger.now());
        var intending = ledger.record(
                judged.incident(), judged.diagnosed(), ledger.story().intending(approved, mustLive, beside));
        return takenBack(intending, approved)
                .map(why -> said(intending, new Outcome.Stale(why)))
                .orElseGet(() -> act(intending, approved, ObjectRef.of(evidence.pod()), evidence.workload()));
    }

    /** What a person has said since it was judged; nothing was changed yet. */
    private static Optional<String> takenBack(Incident intending, Approved approved) {
        if (Incidents.rejection(intending).isPresent()) {
            return Optional.of("a person has rejected it");
        }
        return !approved.waived().isEmpty() && !Incidents.isStillApproved(intending)
                ? Optional.of("the approval was taken back")
                : Optional.empty();
    }

    private Act act(Incident intending, Approved approved, ObjectRef pod, ObjectRef workload) {
        var checkpoint = new RecordedStep(ledger, intending);
        var outcome = ledger.in(Stage.REMEDY, intending, () -> remedies.apply(approved, checkpoint));
        return end(checkpoint.incident(), approved.change(), outcome, pod, workload);
    }

    /** It changes faster than it can be decided about. */
    Incident giveUp(Incident ours, Approved approved, Pod pod) {
        var outcome = new Outcome.Failed("the workload kept changing while it was being decided about");
        var ref = ObjectRef.of(pod);
        return end(ours, approved.change(), outcome, ref, ref).incident();
    }

    private Act end(Incident incident, Change change, Outcome outcome, ObjectRef pod, ObjectRef workload) {
        return switch (outcome) {
            case Outcome.Stale _ -> said(incident, outcome);
            // The lease is kept: a delete without an answer is not looked at again before the API server let go of it.
            case Outcome.Waiting _ ->
                new Act(ledger.tell(said(incident, outcome).incident(), pod, workload), outcome);
            // An earlier change is in force: whoever watches it takes that back.
            case Outcome.Failed _, Outcome.PutBack _
            when !incident.progress().standing().isEmpty() ->
                new Act(ledger.record(incident, Story.untouched(outcome)), outcome);
            case Outcome.Applied _, Outcome.Altered _, Outcome.Superseded _, Outcome.Failed _, Outcome.PutBack _ -> {
                var told = ledger.conclude(incident, ledger.story().ended(change, outcome));
                yield new Act(ledger.tell(told, pod, workload), outcome);
            }
        };
    }

    private Act said(Incident incident, Outcome outcome) {
        return new Act(ledger.record(incident, Story.said(outcome)), outcome);
    }
}
