package dev.kubesent.evidence;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.Selection;
import dev.kubesent.evidence.revision.Revisions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What this container uses in all pods of the same template, where the cluster has the resource metrics API (metrics-server). */
final class UsageReader {

    /** What the controllers put on the pods of one template. */
    private static final List<String> REVISION_LABELS = List.of("pod-template-hash", "controller-revision-hash");

    /** What others use is only not compared with. */
    private static final Bound MOST = Bound.of(1_000);

    private UsageReader() {}

    /** @return nothing where the API is not installed, has no sample yet, or the pod has no label of its template */
    static List<MemoryUsage> of(ClusterReader cluster, Pod pod, String container) {
        var selector = selector(pod);
        if (selector.isEmpty()) {
            return List.of();
        }
        var which = Selection.of(pod.getMetadata().getNamespace()).labelled(selector);
        var usage = new ArrayList<MemoryUsage>();
        cluster.podMetrics(which, MOST, metrics -> sampled(metrics, container).forEach(usage::add));
        if (usage.isEmpty()) {
            return List.of();
        }
        var siblings = siblings(cluster, which, pod);
        return usage.stream().filter(one -> siblings.contains(one.pod())).toList();
    }

    /** Those that the same controller made: metrics bear labels, which anybody writes, and no owner. */
    private static Set<String> siblings(ClusterReader cluster, Selection which, Pod pod) {
        var maker = Revisions.controller(pod);
        var names = new HashSet<String>();
        cluster.each(Pod.class, which, MOST, other -> {
            if (Revisions.controller(other).equals(maker)) {
                names.add(other.getMetadata().getName());
            }
        });
        return names;
    }

    private static Map<String, String> selector(Pod pod) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        return REVISION_LABELS.stream()
                .filter(labels::containsKey)
                .map(label -> Map.of(label, labels.get(label)))
                .findFirst()
                .orElse(Map.of());
    }

    private static Stream<MemoryUsage> sampled(PodMetrics metrics, String container) {
        return metrics.getContainers().stream()
                .filter(one -> container.equals(one.getName()))
                .map(ContainerMetrics::getUsage)
                .filter(usage -> usage.containsKey("memory"))
                .map(usage ->
                        new MemoryUsage(metrics.getMetadata().getName(), container, Memory.of(usage.get("memory"))));
    }
}
