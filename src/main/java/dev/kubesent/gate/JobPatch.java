package dev.kubesent.gate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.gate.Change.MemoryRaise;
import java.util.List;

/**
 * Patches the pod template of a Job, which is suspended for it and resumed: from Kubernetes 1.36 on, that is the only time at which its
 * resources can be changed (KEP-5440).
 *
 * @param operations of the template alone
 */
public record JobPatch(ObjectRef target, MemoryRaise raise, List<PatchOperation> operations)
        implements Change.MemoryChange {

    public static final String SUSPEND = "/spec/suspend";

    /** What is tried before anything is done; of the rest the server says nothing before the Job is suspended. */
    @JsonIgnore
    public List<PatchOperation> suspension() {
        return List.of(
                new PatchOperation.Test("/metadata/uid", TextNode.valueOf(target.uid())),
                new PatchOperation.Put(SUSPEND, BooleanNode.TRUE));
    }
}
