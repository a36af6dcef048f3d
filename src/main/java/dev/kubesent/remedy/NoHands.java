package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** Changes nothing, for whoever only wants to know what a change would be. */
final class NoHands implements ClusterWriter {

    @Override
    public void patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations) {
        throw refused();
    }

    @Override
    public Pod create(Pod pod) {
        throw refused();
    }

    @Override
    public Job create(Job job) {
        throw refused();
    }

    @Override
    public void delete(ObjectRef pod) {
        throw refused();
    }

    @Override
    public void evict(ObjectRef pod) {
        throw refused();
    }

    private static ClusterException refused() {
        return new ClusterException(ClusterException.Kind.FORBIDDEN, "this process only looks");
    }
}
