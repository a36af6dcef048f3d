package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.ObjectRef;
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

    /** @param uid of the workload. What runs in the pod is not looked at */
    public boolean isBelow(Pod pod, String uid) {
        return ControllerRef.of(pod)
                .map(owner -> ObjectRef.of(owner, pod.getMetadata().getNamespace()))
                .filter(owner ->
                        above.computeIfAbsent(owner.uid(), _ -> uids(owner)).contains(uid))
                .isPresent();
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
