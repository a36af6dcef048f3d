package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Refusal;
import java.util.Optional;

/** The user's own ceiling for one container. */
final class BelowMaximum implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        var maximum = judged.policy().maximum();
        return judged.raise()
                .map(MemoryRaise::to)
                .filter(to -> to.exceeds(maximum))
                .flatMap(to -> Constraint.no(
                        RefusalReason.ABOVE_MAXIMUM,
                        to + " is above the maximum of " + maximum + " (KUBESENT_MAX_MEMORY)"));
    }
}
