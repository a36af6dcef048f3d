package dev.kubesent.evidence;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of many pods are below one workload, where two or more controllers are in between: each controller is read once. For one look only. */
public final class Descent {

    private final ClusterReader cluster;
    private final Map<String, Set<String>> above = new HashMap<>();

    public Descent(ClusterReader cluster) {
        this.cluster = cluster;
    }

    /** Controllers of one look at pods that may be asked for: a Revision has one or two. */
    private static final int CONTROLLERS = 50;

    /**
     * Which controllers of pods are below a workload. What runs in the pods is not looked at.
     *
     * @param uids of these controllers
     * @param isWhole whether all were asked about
     */
    public record Controllers(Set<String> uids, boolean isWhole) {

        public boolean isBy(Pod pod) {
            return ControllerRef.of(pod)
                    .filter(owner -> uids.contains(owner.getUid()))
                    .isPresent();
        }
    }

    /** A look of its own: while a list is read, nothing else is. @param uid of the workload @param pods to look at, and how many */
    public Controllers below(String uid, Selection pods, Bound most) {
        var owners = new HashSet<ObjectRef>();
        var extent = cluster.each(
                Pod.class,
                pods,
                most,
                pod -> ControllerRef.of(pod)
                        .filter(_ -> owners.size() <= CONTROLLERS)
                        .ifPresent(owner ->
                                owners.add(ObjectRef.of(owner, pod.getMetadata().getNamespace()))));
        var below = owners.stream()
                .limit(CONTROLLERS)
                .filter(owner ->
                        above.computeIfAbsent(owner.uid(), _ -> uids(owner)).contains(uid))
                .map(ObjectRef::uid)
                .collect(Collectors.toSet());
        return new Controllers(below, extent.isWhole() && owners.size() <= CONTROLLERS);
    }

    private Set<String> uids(ObjectRef owner) {
        var kind = WorkloadKind.of(owner).filter(OwnerProof.controllersOf(WorkloadKind.POD)::contains);
        return kind.flatMap(_ -> cluster.get(owner))
                .map(object -> {
                    var uids = new HashSet<>(Set.of(owner.uid()));
                    var chain = new OwnerReader(cluster).above(object, kind.get());
                    if (chain.unproven().isEmpty()) {
                        uids.addAll(chain.links().stream()
                                .map(link -> link.ref().uid())
                                .collect(Collectors.toSet()));
                    }
                    return (Set<String>) uids;
                })
                .orElse(Set.of());
    }
}
