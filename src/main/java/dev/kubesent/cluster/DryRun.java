package dev.kubesent.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/**
 * Asks the API server what it would answer, changing nothing ({@code dryRun=All}: authorization, validation, admission
 * and quota run; scheduling and image pull do not). Throws {@link ClusterException} with the server's own refusal.
 */
public interface DryRun {

    /** @return the object as admission would have it stored */
    GenericKubernetesResource patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations);

    /**
     * Who would be fought with, if these fields were set: a server-side apply that may not force.
     *
     * @param fragment nothing but the fields
     */
    List<FieldConflict> conflicts(ObjectRef target, Subresource subresource, ObjectNode fragment);

    /** @return the pod as admission would have made it */
    Pod create(Pod pod);

    /** @return the Job as admission would have made it */
    Job create(Job job);

    /** Of exactly this pod. */
    void delete(ObjectRef pod);

    /** Of exactly this pod, within what PodDisruptionBudgets allow now. */
    void evict(ObjectRef pod);
}
