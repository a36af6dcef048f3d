package dev.kubesent.gate;

import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import java.util.List;

/** @param reasons all of them, at least one */
public record Refused(List<Refusal> reasons, Plan plan) implements Verdict {

    public Refused {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a refusal has a reason");
        }
    }

    /** Where an incident stands that was never changed. */
    public Phase phase() {
        if (isProposal()) {
            return isHeldUp() ? Phase.Waiting : Phase.Proposed;
        }
        return plan instanceof Plan.Nothing(var because) && because.reason() == RefusalReason.NOTHING_TO_DO
                ? Phase.NoAutomaticFix
                : Phase.Refused;
    }

    /** Whether the change is proven right and only policy, or the time, stands against it. */
    public boolean isProposal() {
        return plan instanceof Plan.Planned
                && reasons.stream().noneMatch(r -> r.reason().weight() == RefusalReason.Weight.HARD);
    }

    /**
     * Whether nothing but the time is against it, or it was judged without something that could not be read just now. A right that is missing
     * does not come by waiting: a change that did not help is not left in force for it.
     */
    public boolean isHeldUp() {
        return isFor(RefusalReason.CANNOT_TELL)
                || (!isFor(RefusalReason.RIGHT_MISSING)
                        && !isFor(RefusalReason.BOUND_BY_SERVER)
                        && reasons.stream().allMatch(r -> r.reason().weight() == RefusalReason.Weight.HOLD));
    }

    public boolean isFor(RefusalReason reason) {
        return reasons.stream().anyMatch(r -> r.reason() == reason);
    }
}
