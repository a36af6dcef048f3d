package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import java.util.Optional;

/**
 * Looks at the evidence itself, whatever the diagnosis and its confidence say: a rule may be wrong, and a model will be. What proves an act stands with
 * its kind, which is sealed: no diagnosis brings its own proof.
 */
final class EvidenceSupports implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        var action = judged.diagnosis().action();
        var evidence = judged.evidence();
        if (!action.cures().contains(judged.diagnosis().cause())) {
            return no("%s does not cure %s"
                    .formatted(
                            action.getClass().getSimpleName(),
                            judged.diagnosis().cause()));
        }
        if (action.isForWhatIsDown() && !evidence.failure().isDown()) {
            return no("no container of the pod is down");
        }
        return action.whyNotProven(evidence);
    }

    private static Optional<Refusal> no(String detail) {
        return Constraint.no(RefusalReason.EVIDENCE_DOES_NOT_SUPPORT, detail);
    }
}
