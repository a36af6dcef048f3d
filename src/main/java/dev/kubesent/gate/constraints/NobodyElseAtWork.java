package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import java.util.Optional;

/** Two changes to one workload at once, and nobody could say which of them helped, or take back one alone. */
final class NobodyElseAtWork implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(_ -> judged.knowing(
                        judged.evidence().history(),
                        history -> history.atWork().stream()
                                .findFirst()
                                .flatMap(incident -> Constraint.no(
                                        RefusalReason.BEING_VERIFIED, "the change of incident " + incident))));
    }
}
