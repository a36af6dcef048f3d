package dev.kubesent.gate.constraints;

import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.StormGauge;
import java.util.Optional;

/** Where much fails together it is the network, the registry, a node or a rollout of everything, and not the workloads. */
final class NoStorm implements Constraint {

    private final StormGauge gauge;

    NoStorm(StormGauge gauge) {
        this.gauge = gauge;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(_ -> switch (gauge.read(judged.evidence().workload().namespace())) {
                    case StormGauge.Calm _ -> Optional.empty();
                    case StormGauge.Blowing(var what) -> Constraint.no(RefusalReason.STORM, what);
                    case StormGauge.Passing(var until) ->
                        Constraint.no(RefusalReason.AFTER_STORM, "nothing is changed before " + until);
                });
    }
}
