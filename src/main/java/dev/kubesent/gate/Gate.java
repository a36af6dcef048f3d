package dev.kubesent.gate;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.api.v1alpha1.RefusalReason.Weight;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Reading;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.gate.bounds.StormGauge;
import dev.kubesent.gate.constraints.Case;
import dev.kubesent.gate.constraints.Constraints;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Judges a change. */
public final class Gate {

    private final GatePolicy policy;
    private final Constraints constraints;
    private final ApprovalsAsked approvals;

    public Gate(ClusterReader reader, DryRun dryRun, GatePolicy policy, Clock clock) {
        this.policy = policy;
        this.approvals = new ApprovalsAsked(reader);
        this.constraints = new Constraints(reader, dryRun, new StormGauge(reader, policy, clock), clock);
    }

    /** Asks every constraint. @param approval what a person has said; it sets policy aside, and nothing else */
    public Verdict judge(Evidence evidence, Diagnosis diagnosis, Plan plan, Approval approval) {
        var reasons = new ArrayList<Refusal>();
        if (plan instanceof Plan.Nothing(var because)) {
            reasons.add(because);
        }
        reasons.addAll(constraints.whyNot(new Case(evidence, diagnosis, plan, policy)));
        return switch (plan) {
            case Plan.Nothing _ -> new Refused(reasons, plan);
            case Plan.Planned(var change) -> decide(evidence.namespace(), change, reasons, approval);
        };
    }

    private Verdict decide(Reading<Namespace> namespace, Change change, List<Refusal> reasons, Approval approval) {
        if (approval instanceof Approval.Rejected(var because)) {
            var all = new ArrayList<Refusal>();
            all.add(new Refusal(RefusalReason.REJECTED, because));
            all.addAll(told(reasons));
            return new Refused(all, new Plan.Planned(change));
        }
        if (reasons.isEmpty()) {
            return new Approved(change, List.of());
        }
        var waivable = reasons.stream().allMatch(r -> r.reason().weight() == Weight.POLICY);
        return switch (approval) {
            case Approval.None _, Approval.Rejected _ -> new Refused(told(reasons), new Plan.Planned(change));
            case Approval.Of(var by, var _, var approved)
            when !approved.equals(change.fingerprint()) ->
                but(
                        reasons,
                        new Refusal(
                                RefusalReason.APPROVED_ANOTHER_CHANGE,
                                "approved " + by + " was another; set spec.approved to false, look, and to true again"),
                        change);
            case Approval.Of said ->
                waivable
                        ? approvals
                                .whyNot(namespace, said)
                                .<Verdict>map(missing -> but(reasons, missing, change))
                                .orElseGet(() -> new Approved(change, reasons))
                        : new Refused(isHard(reasons) ? told(reasons) : reasons, new Plan.Planned(change));
        };
    }

    private static Refused but(List<Refusal> reasons, Refusal more, Change change) {
        var all = new ArrayList<>(reasons);
        all.add(more);
        return new Refused(all, new Plan.Planned(change));
    }

    private static boolean isHard(List<Refusal> reasons) {
        return reasons.stream().anyMatch(refusal -> refusal.reason().weight() == Weight.HARD);
    }

    /** What the gate itself says no to, the API server's copy of its rules refuses as well: that is told only where an approval meets it. */
    private static List<Refusal> told(List<Refusal> reasons) {
        var own = reasons.stream()
                .filter(refusal -> refusal.reason() != RefusalReason.BOUND_BY_SERVER)
                .toList();
        return own.isEmpty() ? reasons : own;
    }

    /**
     * Judges taking back what this gate once approved. Opt-outs, cool-downs and the rest are not asked: the change must not
     * outlive its purpose. What is asked is whether it is ours at all, whether anything may be changed now, and the server.
     */
    public Verdict judgeUndo(Incident incident, Plan plan) {
        return switch (plan) {
            case Plan.Nothing(var because) -> new Refused(List.of(because), plan);
            case Plan.Planned(var change) -> {
                var forged = Recorded.whyNot(change, incident.getMetadata().getNamespace(), policy);
                var reasons = forged.map(why -> List.of(new Refusal(RefusalReason.FIELD_NOT_ALLOWED, why)))
                        .orElseGet(() -> constraints.whyNotTakeBack(change, policy));
                yield reasons.isEmpty() ? new Approved(change, List.of()) : new Refused(reasons, plan);
            }
        };
    }

    /**
     * Lets a change be finished that was approved and written down before a process died: leaving it half done would be
     * worse than what it cures, so cool-down, opt-out and the rest are not asked again. What is asked is whether the record
     * can be this gate's at all, since whoever may write incidents could have forged it.
     */
    public Readmission readmit(Incident incident) {
        var status = incident.progress();
        var intent = status.intent();
        if (!status.phase().keepsIntent() || intent == null || intent.record() == null) {
            return new Readmission.Nothing();
        }
        try {
            var change = Change.parse(intent.record());
            return Recorded.whyNot(change, incident.getMetadata().getNamespace(), policy)
                    .<Readmission>map(Readmission.Denied::new)
                    .orElseGet(() -> new Readmission.Admitted(new Approved(change, List.of())));
        } catch (RuntimeException e) {
            return new Readmission.Denied("the record of the intent cannot be read: " + e);
        }
    }
}
