package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.Optional;

/** Reads the pod again: the same uid, and the same failure of the same container, right before anything is done. */
final class StillFailing implements Constraint {

    private final ClusterReader cluster;
    private final Clock clock;

    StillFailing(ClusterReader cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change().flatMap(_ -> whyNot(judged.evidence().failure()));
    }

    private Optional<Refusal> whyNot(Failure failure) {
        var subject = failure.subject();
        return cluster.get(Pod.class, subject.namespace(), subject.pod())
                .filter(live -> subject.uid().equals(live.getMetadata().getUid()))
                .map(live -> Failures.news(live, clock.instant()).stream().noneMatch(f -> isSame(f, failure))
                        ? Constraint.no(RefusalReason.NOT_FAILING_ANY_MORE, "the live pod does not show it any more")
                        : Optional.<Refusal>empty())
                .orElseGet(() -> Constraint.no(RefusalReason.NOT_FAILING_ANY_MORE, "that pod is gone"));
    }

    private static boolean isSame(Failure live, Failure judged) {
        return live.kind() == judged.kind()
                && live.subject().container().equals(judged.subject().container());
    }
}
