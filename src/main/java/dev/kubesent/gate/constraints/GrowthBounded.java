package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.Memory;
import dev.kubesent.evidence.History;
import dev.kubesent.gate.bounds.GatePolicy;
import java.util.Optional;

/** Raise upon raise never goes beyond four times what the user once set, or 1 GiB more, whichever is more. */
final class GrowthBounded implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.raise()
                .flatMap(raise -> judged.knowing(judged.evidence().history(), history -> bounded(raise, history)));
    }

    private static Optional<Refusal> bounded(MemoryRaise raise, History history) {
        var first = history.firstSeenLimit(raise.container()).orElse(raise.from());
        var bound = Memory.max(first.times(GatePolicy.GROWTH_TIMES), first.plus(GatePolicy.GROWTH_OR_MORE_BY));
        return raise.to().exceeds(bound)
                ? Constraint.no(
                        RefusalReason.GROWN_TOO_FAR,
                        "%s is beyond %s, the bound for a limit that was once %s".formatted(raise.to(), bound, first))
                : Optional.empty();
    }
}
