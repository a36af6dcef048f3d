package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.change.Change;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Readiness;
import dev.kubesent.cluster.Selection;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What fails in other containers of a pod when a change is about to be made for one of them: each has its incident in its turn, and that it goes on is
 * not the change's fault. It is known only where nothing would be lost if it were: where another pod of the same revision is ready, what the new pods
 * fail of may well be the change's.
 */
public final class PreexistingFailures {

    /** Which of the pod's labels are not its template's (kubernetes.io, "Well-Known Labels"). */
    private static final Set<String> OF_ONE_POD =
            Set.of("statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index");

    private static final Bound SIBLINGS = Bound.of(2_000);

    private PreexistingFailures() {}

    /** Only beside more memory: what brings another image or another revision along has to live whole. */
    static List<Fault> of(ClusterReader reader, Change change, Evidence known, Instant now) {
        return change.memory().isEmpty() ? List.of() : of(reader, known.failure(), known.pod(), now);
    }

    private static List<Fault> of(ClusterReader reader, Failure failure, Pod pod, Instant now) {
        var others = Failures.of(pod, now).stream()
                .filter(other ->
                        !other.subject().container().equals(failure.subject().container()))
                .filter(Failure::isDownNow)
                .map(Failure::fault)
                .toList();
        return others.isEmpty() || hasReadySibling(reader, pod) ? List.of() : others;
    }

    /** Where not all can be looked at, one of the others may be. */
    private static boolean hasReadySibling(ClusterReader reader, Pod pod) {
        var owner = controller(pod);
        if (owner.isEmpty()) {
            return false;
        }
        var ready = new AtomicBoolean();
        var which = Selection.of(pod.getMetadata().getNamespace()).labelled(labels(pod));
        var extent = reader.each(Pod.class, which, SIBLINGS, other -> {
            if (controller(other).equals(owner) && Readiness.of(other)) {
                ready.set(true);
            }
        });
        return ready.get() || !extent.isWhole();
    }

    private static Map<String, String> labels(Pod pod) {
        var labels = new HashMap<>(Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of()));
        labels.keySet().removeAll(OF_ONE_POD);
        return labels;
    }

    private static Optional<String> controller(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getUid)
                .findFirst();
    }
}
