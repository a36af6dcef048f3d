package dev.kubesent.gate.constraints;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import java.util.Optional;

/** Confidence can only veto; passing it permits nothing. Where nothing is to be done, there is nothing to be sure of. */
final class ConfidentEnough implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        var confidence = judged.diagnosis().confidence();
        if (judged.diagnosis().action() instanceof Action.None) {
            return Optional.empty();
        }
        return confidence < judged.policy().confidence()
                ? Constraint.no(
                        RefusalReason.CONFIDENCE_TOO_LOW,
                        confidence + " of the " + judged.policy().confidence() + " needed")
                : Optional.empty();
    }
}
