package dev.kubesent.gate.constraints;

import dev.kubesent.action.Sureness;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import java.util.Optional;

/** Confidence can only veto; passing it permits nothing. */
final class ConfidentEnough implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        var confidence = judged.diagnosis().confidence();
        return switch (judged.diagnosis().action().needs(judged.evidence())) {
            case Sureness.NotAsked _ -> Optional.empty();
            case Sureness.OfTheCause _ -> sure(judged, confidence, "", RefusalReason.CONFIDENCE_TOO_LOW);
            case Sureness.OfTheCauseOrAPerson _ -> sure(judged, confidence, "", RefusalReason.NOT_PROVEN);
            case Sureness.OfSomethingElse(var what, var certainty) ->
                sure(judged, certainty, what + ": ", RefusalReason.NOT_PROVEN);
            case Sureness.APerson(var why) -> Constraint.no(RefusalReason.NOT_PROVEN, why);
        };
    }

    private static Optional<Refusal> sure(Case judged, int confidence, String what, RefusalReason otherwise) {
        var needed = judged.policy().confidence();
        return confidence < needed
                ? Constraint.no(otherwise, "%s%d of the %d needed".formatted(what, confidence, needed))
                : Optional.empty();
    }
}
