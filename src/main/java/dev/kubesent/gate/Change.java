package dev.kubesent.gate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An exact change, down to the bytes that would be sent. It is what the gate judges, what the dry run tries, what is
 * written down before the act, and what is then done: the same object all along.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "remedy")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.TemplatePatch.class, name = "TemplatePatch"),
    @JsonSubTypes.Type(value = Change.PodResize.class, name = "PodResize"),
    @JsonSubTypes.Type(value = Change.PodReplacement.class, name = "PodReplacement")
})
public sealed interface Change {

    /** What is changed: the workload, or the pod. */
    ObjectRef target();

    MemoryRaise raise();

    /** As a JSON Patch of the target; its {@code test} operations pin what was looked at. */
    List<PatchOperation> operations();

    /** The name a person knows it by. */
    @JsonIgnore
    default String remedy() {
        return getClass().getSimpleName();
    }

    /** For a person: what changes from what to what. */
    @JsonIgnore
    default List<String> diff() {
        var raise = raise();
        var field = "containers[" + raise.container() + "].resources.limits.memory: ";
        return List.of(
                target().display() + " in " + target().namespace(),
                "- " + field + raise.from(),
                "+ " + field + raise.to());
    }

    /** {@link #diff} as one text: what is proposed, and what an approval is for. */
    @JsonIgnore
    default String display() {
        return String.join("\n", diff());
    }

    /** The same as YAML that holds nothing but the changed fields, ready to be merged into what is in Git. */
    @JsonIgnore
    default String patchYaml() {
        return KubernetesJson.yaml(fragment());
    }

    /** The changed fields inside an otherwise empty object, as server-side apply takes them. */
    @JsonIgnore
    default ObjectNode fragment() {
        return Fragment.of(this);
    }

    /** Whether a field that is not in the old state is taken out, and not given another value. */
    @JsonIgnore
    default boolean takesOut() {
        return operations().stream().anyMatch(PatchOperation.Remove.class::isInstance);
    }

    /** What {@code KubernetesJson.json} wrote. @throws IllegalArgumentException where it is not a change */
    static Change parse(String json) {
        try {
            return KubernetesJson.parseJson(json.getBytes(StandardCharsets.UTF_8), Change.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Patches the pod template of the controller.
     *
     * @param stuckPods failing pods that the controller will not replace by itself
     * @param template what the template is like afterwards, as a fingerprint; empty where it does not matter
     */
    record TemplatePatch(
            ObjectRef target,
            MemoryRaise raise,
            List<PatchOperation> operations,
            List<ObjectRef> stuckPods,
            String template)
            implements Change {}

    /** Resizes a running bare pod in place. */
    record PodResize(ObjectRef target, MemoryRaise raise, List<PatchOperation> operations) implements Change {}

    /**
     * Deletes a bare pod that is down, and creates it again.
     *
     * @param manifest the pod to create, complete
     */
    record PodReplacement(ObjectRef target, MemoryRaise raise, List<PatchOperation> operations, Pod manifest)
            implements Change {}

    /** @param request the new request too, where the pod's QoS class demands that it follows the limit */
    record MemoryRaise(String container, Memory from, Memory to, boolean request) {

        /** Whether the container of this pod has the raised limit. */
        public boolean isIn(Pod pod) {
            return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                    .filter(c -> c.getName().equals(container))
                    .flatMap(c -> Optional.ofNullable(c.getResources()).map(r -> r.getLimits()).stream())
                    .flatMap(limits -> Optional.ofNullable(limits.get("memory")).stream())
                    .anyMatch(limit -> to.equals(Memory.of(limit)));
        }
    }
}
