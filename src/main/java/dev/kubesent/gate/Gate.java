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
import java.util.Optional;

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
     * Lets a change be finished that was approved and written down before a process died, and is half done: leaving it so
     * would be worse than what it cures. Empty where the incident holds no such intent.
     */
    public Optional<Approved> readmit(Incident incident) {
        var intent = incident.progress().intent();
        return incident.progress().phase() == Phase.Acting && intent != null && intent.record() != null
                ? Optional.of(new Approved(Change.parse(intent.record())))
                : Optional.empty();
    }
}
