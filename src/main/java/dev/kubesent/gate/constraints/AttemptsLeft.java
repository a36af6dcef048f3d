package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.gate.bounds.GatePolicy;
import java.time.Clock;
import java.util.Optional;

/** After so many changes in a day it needs a person. */
final class AttemptsLeft implements Constraint {

    private final Clock clock;

    AttemptsLeft(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.knowing(judged.evidence().history(), history -> {
            var made = history.since(clock.instant().minus(GatePolicy.ATTEMPTS_WINDOW))
                    .size();
            return made >= judged.policy().breakers().attempts()
                    ? Constraint.no(
                            RefusalReason.ATTEMPTS_SPENT,
                            made + " changes within 24 hours did not heal it; it needs a person")
                    : Optional.empty();
        });
    }
}
