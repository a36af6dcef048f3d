package dev.kubesent.lifecycle;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;

/** A failure, and the pod that shows it. */
public record FailingPod(Failure failure, Pod pod) {

    /** The failure may have another shape by now: a container that was down runs again, and is resized, not replaced. */
    FailingPod again(ClusterReader reader, Instant now) {
        var meta = pod.getMetadata();
        var live = reader.get(Pod.class, meta.getNamespace(), meta.getName())
                .filter(found -> found.getMetadata().getUid().equals(meta.getUid()))
                .orElse(pod);
        return Failures.news(live, now).stream()
                .filter(this::isSame)
                .findFirst()
                .map(shown -> new FailingPod(shown, live))
                .orElseGet(() -> new FailingPod(failure, live));
    }

    private boolean isSame(Failure other) {
        return other.kind() == failure.kind()
                && other.subject().container().equals(failure.subject().container());
    }
}
