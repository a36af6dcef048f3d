package dev.kubesent.change;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** What a change sends to the API server. */
public sealed interface Request {

    record Patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations) implements Request {

        public Patch {
            operations = List.copyOf(operations);
        }
    }

    /** Of exactly this pod. */
    record Delete(ObjectRef pod) implements Request {}

    record Create(Pod pod) implements Request {}

    /** Of exactly this pod, within what PodDisruptionBudgets allow. */
    record Evict(ObjectRef pod) implements Request {}
}
