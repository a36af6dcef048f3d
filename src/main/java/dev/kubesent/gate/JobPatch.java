package dev.kubesent.gate;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param mark what the Job bears while it is suspended by this change: the limit, and the generation that the suspension makes of it
 * @param suspension is sent first, and is what is tried before: of the rest the server says nothing while the Job is not suspended
 * @param operations of the template alone
 */
public record JobPatch(
        ObjectRef target,
        MemoryRaise raise,
        String mark,
        List<PatchOperation> suspension,
        List<PatchOperation> operations)
        implements Change.MemoryChange {

    public static final String SUSPEND = "/spec/suspend";
    public static final String ANNOTATIONS = "/metadata/annotations";

    /** Tells a suspension of ours from anybody else's. It stays, so that a Job that was ever suspended by somebody else is known. */
    public static final String MARK = "kubesent.dev/suspended-for";

    public static final String MARK_PATH = ANNOTATIONS + "/kubesent.dev~1suspended-for";

    public JobPatch {
        suspension = List.copyOf(suspension);
        operations = List.copyOf(operations);
    }

    /** Whether the first request does nothing but to suspend the Job and to mark it. */
    boolean onlySuspends() {
        return suspension.stream().allMatch(operation -> switch (operation) {
            case PatchOperation.Test _ -> true;
            case PatchOperation.Remove _ -> false;
            case PatchOperation.Put(var path, var value) -> isOfTheSuspension(path, value);
        });
    }

    private boolean isOfTheSuspension(String path, JsonNode value) {
        return switch (path) {
            case SUSPEND -> value.equals(BooleanNode.TRUE);
            case MARK_PATH -> value.equals(TextNode.valueOf(mark));
            case ANNOTATIONS -> value.size() == 1 && value.path(MARK).equals(TextNode.valueOf(mark));
            default -> false;
        };
    }
}
