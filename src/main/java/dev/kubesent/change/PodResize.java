package dev.kubesent.change;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import java.util.List;

/** Resizes a running bare pod in place. */
public record PodResize(ObjectRef target, MemoryRaise raise, List<PatchOperation> operations) implements MemoryChange {

    @Override
    public Touches touches() {
        return Touches.POD;
    }

    @Override
    public List<Request> requests() {
        return List.of(new Request.Patch(target, Subresource.RESIZE, operations));
    }
}
