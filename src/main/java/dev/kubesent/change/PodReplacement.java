package dev.kubesent.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes a bare pod that is down, and creates it again.
 *
 * @param manifest the pod to create, complete
 */
public record PodReplacement(ObjectRef target, MemoryRaise raise, List<PatchOperation> operations, Pod manifest)
        implements MemoryChange {

    public PodReplacement {
        manifest = Objects.requireNonNullElseGet(manifest, Pod::new); // not kept of what was made
    }

    /** On the new pod: the uid of the one it stands for. It tells our pod from one that somebody else made meanwhile. */
    public static final String REPLACES = "kubesent.dev/replaces";

    @Override
    public Touches touches() {
        return Touches.POD;
    }

    @Override
    public NodeNeed nodeNeed() {
        return NodeNeed.SCHEDULABLE;
    }

    @Override
    public Optional<JsonNode> wholePod() {
        return Optional.of(KubernetesJson.tree(manifest));
    }

    @Override
    public List<Request> requests() {
        return List.of(new Request.Delete(target), new Request.Create(manifest));
    }

    /** Admission may take a pod and make another of it: one with the old limit would be replaced for nothing, again and again. */
    @Override
    public Optional<String> alteredIn(HasMetadata made) {
        return made instanceof Pod pod && raise.isIn(pod)
                ? Optional.empty()
                : Optional.of("admission would not give it the limit of " + raise.to());
    }

    @Override
    public ObjectNode besidePatch() {
        return JsonNodeFactory.instance.objectNode().set("manifest", KubernetesJson.tree(manifest));
    }

    @Override
    public Optional<String> whyNotOurs() {
        return MemoryChange.super
                .whyNotOurs()
                .or(() -> isSuccessor()
                        ? Optional.empty()
                        : Optional.of("its manifest is not that of the pod it replaces"));
    }

    private boolean isSuccessor() {
        var meta = manifest.getMetadata();
        var annotations = Objects.requireNonNullElse(meta.getAnnotations(), Map.<String, String>of());
        return target.namespace().equals(meta.getNamespace())
                && target.name().equals(meta.getName())
                && target.uid().equals(annotations.get(REPLACES))
                && raise.isIn(manifest);
    }
}
