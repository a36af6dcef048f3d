package dev.kubesent.gate;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.gate.constraints.Case;
import dev.kubesent.gate.constraints.Constraints;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.Phase;
import java.time.Clock;
import java.util.ArrayList;

/** Judges a change. */
public final class Gate {

    private final GatePolicy policy;
    private final Constraints constraints;

    public Gate(ClusterReader reader, DryRun dryRun, GatePolicy policy, Clock clock) {
        this.policy = policy;
        this.constraints = new Constraints(reader, dryRun, clock);
    }

    /** Asks every constraint. */
    public Verdict judge(Evidence evidence, Diagnosis diagnosis, Plan plan) {
        var reasons = new ArrayList<Refusal>();
        if (plan instanceof Plan.Nothing(var because)) {
            reasons.add(because);
        }
        reasons.addAll(constraints.whyNot(new Case(evidence, diagnosis, plan, policy)));
        return switch (plan) {
            case Plan.Planned(var change) when reasons.isEmpty() -> new Approved(change);
            case Plan.Planned _, Plan.Nothing _ -> new Refused(reasons, plan);
        };
    }

    /**
     * Lets a change be finished that was approved and written down before a process died: leaving it half done would be
     * worse than what it cures, so cool-down, opt-out and the rest are not asked again. What is asked is whether the record
     * can be this gate's at all, since whoever may write incidents could have forged it.
     */
    public Readmission readmit(Incident incident) {
        var intent = incident.progress().intent();
        var begun = incident.progress().phase() == Phase.Acting
                || incident.progress().phase() == Phase.Failed;
        if (!begun || intent == null || intent.record() == null) {
            return new Readmission.Nothing();
        }
        try {
            var change = Change.parse(intent.record());
            return Recorded.whyNot(change, incident.getMetadata().getNamespace(), policy)
                    .<Readmission>map(Readmission.Denied::new)
                    .orElseGet(() -> new Readmission.Admitted(new Approved(change)));
        } catch (RuntimeException e) {
            return new Readmission.Denied("the record of the intent cannot be read: " + e);
        }
    }
}
