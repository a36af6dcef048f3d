package dev.kubesent.cluster.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.FieldConflict;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.cluster.memory.InMemoryCluster.Mode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** Answers as the writes of a cluster in memory do, and keeps nothing. */
record MemoryDryRun(InMemoryCluster cluster) implements DryRun {

    @Override
    public GenericKubernetesResource patch(ObjectRef target, Subresource which, List<PatchOperation> operations) {
        return KubernetesJson.as(cluster.patched(target, which, operations), GenericKubernetesResource.class);
    }

    @Override
    public List<FieldConflict> conflicts(ObjectRef target, Subresource subresource, ObjectNode fragment) {
        synchronized (cluster) {
            return FieldOwners.conflicts(cluster.stored(target), fragment);
        }
    }

    @Override
    public Pod create(Pod pod) {
        return cluster.create(pod, Mode.DRY_RUN);
    }

    @Override
    public Job create(Job job) {
        return cluster.create(job, Mode.DRY_RUN);
    }

    @Override
    public void delete(ObjectRef pod) {
        cluster.exactly(pod);
    }

    @Override
    public void evict(ObjectRef pod) {
        cluster.mayEvict(pod);
    }
}
