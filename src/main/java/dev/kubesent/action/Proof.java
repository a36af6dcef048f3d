package dev.kubesent.action;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import java.util.Optional;

/** How evidence that does not prove an action is told. */
final class Proof {

    private Proof() {}

    static Optional<Refusal> lacks(String detail) {
        return Optional.of(new Refusal(RefusalReason.EVIDENCE_DOES_NOT_SUPPORT, detail));
    }
}
