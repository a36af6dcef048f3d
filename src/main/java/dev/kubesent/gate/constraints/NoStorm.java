package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.gate.bounds.StormGauge;
import java.util.Optional;

/** Where much fails together it is the network, the registry, a node or a rollout of everything, and not the workloads. */
final class NoStorm implements Constraint {

    private final StormGauge gauge;

    NoStorm(StormGauge gauge) {
        this.gauge = gauge;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change().flatMap(_ -> blowing(judged.evidence().workload().namespace()));
    }

    private Optional<Refusal> blowing(String namespace) {
        try {
            return switch (gauge.read(namespace)) {
                case StormGauge.Calm _ -> Optional.empty();
                case StormGauge.Blowing(var extent, var what) -> Constraint.no(reason(extent), what);
                case StormGauge.Passing(var until) ->
                    Constraint.no(RefusalReason.AFTER_STORM, "nothing is changed before " + until);
            };
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return Constraint.no(RefusalReason.CANNOT_TELL, "whether there is a storm: " + e.getMessage());
        }
    }

    private static RefusalReason reason(StormGauge.Extent extent) {
        return switch (extent) {
            case NAMESPACE -> RefusalReason.STORM_IN_NAMESPACE;
            case CLUSTER -> RefusalReason.STORM;
        };
    }
}
