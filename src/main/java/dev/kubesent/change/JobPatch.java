package dev.kubesent.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

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
        implements MemoryChange {

    public static final String SUSPEND = "/spec/suspend";
    public static final String ANNOTATIONS = "/metadata/annotations";

    /** Tells a suspension of ours from anybody else's. It stays, so that a Job that was ever suspended by somebody else is known. */
    public static final String MARK = "kubesent.dev/suspended-for";

    public static final String MARK_PATH = ANNOTATIONS + "/kubesent.dev~1suspended-for";

    public JobPatch {
        suspension = List.copyOf(suspension);
        operations = List.copyOf(operations);
    }

    @Override
    public Touches touches() {
        return Touches.TEMPLATE;
    }

    @Override
    public List<Request> requests() {
        return List.of(new Request.Patch(target, Subresource.NONE, suspension));
    }

    @Override
    public ObjectNode besidePatch() {
        return JsonNodeFactory.instance.objectNode().set("suspension", ChangeFingerprint.sent(suspension));
    }

    @Override
    public List<String> besides() {
        return List.of("  suspend: true for as long as that takes, then false");
    }

    /** Without its mark, nobody would know that it has to be resumed. */
    @Override
    public Optional<String> alteredIn(HasMetadata made) {
        var annotations = made.getMetadata().getAnnotations();
        return annotations != null && mark.equals(annotations.get(MARK))
                ? Optional.empty()
                : Optional.of("admission would remove the annotation that KubeSent sets");
    }

    @Override
    public Optional<String> whyNotOurs() {
        return MemoryChange.super
                .whyNotOurs()
                .or(() ->
                        onlySuspends() ? Optional.empty() : Optional.of("it would do more to the Job than suspend it"));
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
