package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import java.util.Optional;

/** One thing that must hold before anything is changed. */
public interface Constraint {

    /** Empty where it holds. */
    Optional<Refusal> whyNot(Case judged);

    static Optional<Refusal> no(RefusalReason reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }
}
