package dev.kubesent.gate.constraints;

import dev.kubesent.evidence.History;
import dev.kubesent.gate.GatePolicy;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import java.time.Clock;
import java.util.Optional;

/** A workload that was changed is left alone for a while, unless the change at once proved too small. */
final class CooledDown implements Constraint {

    private final Clock clock;

    CooledDown(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.knowing(
                judged.evidence().history(),
                history -> history.latest().flatMap(latest -> cooled(latest, judged.policy())));
    }

    private Optional<Refusal> cooled(History.Act latest, GatePolicy policy) {
        var now = clock.instant();
        var retry = latest.at().plus(GatePolicy.RETRY_WINDOW).isAfter(now);
        var until = latest.at().plus(policy.coolDown());
        return !retry && until.isAfter(now)
                ? Constraint.no(RefusalReason.COOLING_DOWN, "changed at " + latest.at() + ", left alone until " + until)
                : Optional.empty();
    }
}
