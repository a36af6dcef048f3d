package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.History.Standing;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A workload that was changed is left alone for a while, unless the change is still being watched and proved too small. */
final class CooledDown implements Constraint {

    private final Clock clock;

    CooledDown(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.knowing(
                judged.evidence().history(),
                history -> history.latest()
                        .flatMap(latest ->
                                cooled(latest, judged.policy().breakers().coolDown())));
    }

    private Optional<Refusal> cooled(History.Act latest, Duration coolDown) {
        var until = latest.at().plus(coolDown);
        return latest.standing() != Standing.WATCHED && until.isAfter(clock.instant())
                ? Constraint.no(RefusalReason.COOLING_DOWN, "changed at " + latest.at() + ", left alone until " + until)
                : Optional.empty();
    }
}
