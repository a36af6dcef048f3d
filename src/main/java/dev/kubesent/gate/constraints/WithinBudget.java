package dev.kubesent.gate.constraints;

import dev.kubesent.gate.GatePolicy;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import java.time.Clock;
import java.util.Optional;

/** So many changes in one namespace within an hour; what is beyond that is a person's to look at. */
final class WithinBudget implements Constraint {

    private final Clock clock;

    WithinBudget(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(_ -> judged.knowing(judged.evidence().history(), history -> {
                    var since = clock.instant().minus(GatePolicy.BUDGET_WINDOW);
                    var made = history.inNamespace().stream()
                            .filter(at -> !at.isBefore(since))
                            .count();
                    return made >= judged.policy().breakers().budget()
                            ? Constraint.no(
                                    RefusalReason.BUDGET_SPENT,
                                    made + " changes were made in " + judged.namespace() + " within the last hour")
                            : Optional.empty();
                }));
    }
}
