package dev.kubesent.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** Changes workloads, as field manager {@code kubesent}. Only {@code remedy} may hold it. */
public interface ClusterWriter {

    /** @throws ClusterException {@code REJECTED} also where a {@code test} operation does not hold any more */
    void patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations);

    /** @throws ClusterException {@code ALREADY_EXISTS} where the name is taken */
    Pod create(Pod pod);

    /** @throws ClusterException {@code ALREADY_EXISTS} where the name is taken */
    Job create(Job job);

    /**
     * Starts the deletion of exactly this pod, with the grace period of its spec.
     *
     * @throws ClusterException {@code CONFLICT} where the pod of that name has another uid, {@code NOT_FOUND} where it is
     *     gone
     */
    void delete(ObjectRef pod);

    /**
     * Asks for exactly this pod to be deleted, within what PodDisruptionBudgets allow.
     *
     * @throws ClusterException {@code REJECTED} where a budget does not allow it now; else as {@link #delete}
     */
    void evict(ObjectRef pod);
}
