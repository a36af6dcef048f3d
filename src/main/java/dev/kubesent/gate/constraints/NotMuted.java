package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.gate.bounds.Mute;
import java.time.Clock;
import java.util.Optional;

/** {@code kubesent.dev/muted-until} on the workload: nothing is done to it until then, nor where it cannot be read until when. */
record NotMuted(ClusterReader cluster, Clock clock) implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(_ -> judged.knowing(
                        judged.evidence().owners(),
                        owners -> whyNot(Mute.of(judged.evidence().pod(), owners, clock.instant()))));
    }

    /** The same for a change that is taken back, by the mark of what was changed. */
    Optional<Refusal> whyNot(Change change) {
        return cluster.get(change.target()).flatMap(live -> whyNot(Mute.of(live, clock.instant())));
    }

    private static Optional<Refusal> whyNot(Mute mute) {
        return switch (mute) {
            case Mute.None _ -> Optional.empty();
            case Mute.Until(var _, var detail) -> Constraint.no(RefusalReason.MUTED, detail);
            case Mute.Unusable(var detail) -> Constraint.no(RefusalReason.MUTE_UNUSABLE, detail);
        };
    }
}
