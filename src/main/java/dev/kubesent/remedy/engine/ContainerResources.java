package dev.kubesent.remedy.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.NextRevisionName;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The resources of one container inside an object, by their place, so that a patch can say what it expects there.
 *
 * @param path JSON Pointer of the container
 */
public record ContainerResources(HasMetadata object, String path, JsonNode container) {

    /** In a workload's pod template. Empty where the template has no such container. */
    public static Optional<ContainerResources> inTemplate(HasMetadata workload, String container) {
        return find(workload, template(workload) + "/spec", container);
    }

    /** Where it is, as a JSON Pointer. */
    public static String template(HasMetadata workload) {
        return WorkloadKind.of(ObjectRef.of(workload))
                .map(WorkloadKind::podTemplate)
                .orElse("/spec/template");
    }

    public static Optional<ContainerResources> inPod(HasMetadata pod, String container) {
        return find(pod, "/spec", container);
    }

    public Optional<Memory> limit() {
        return text("/resources/limits/memory").map(Memory::parse);
    }

    /** Whether the request grows with the limit: where none is set, the API server takes the limit for it. */
    public boolean requestFollows() {
        return text("/resources/requests/memory").isEmpty();
    }

    /** The patch that raises the memory, and is refused whole where anything it rests on has changed. */
    public List<PatchOperation> raise(MemoryRaise raise) {
        var operations = new ArrayList<PatchOperation>();
        operations.add(new PatchOperation.Test(
                "/metadata/uid", TextNode.valueOf(object.getMetadata().getUid())));
        // Two changes to two containers of one object at once: the second is refused, and judged again.
        if (object.getMetadata().getGeneration() != null) {
            operations.add(new PatchOperation.Test(
                    "/metadata/generation",
                    LongNode.valueOf(object.getMetadata().getGeneration())));
        }
        operations.add(new PatchOperation.Test(path + "/name", TextNode.valueOf(raise.container())));
        put(operations, "limits", raise.to());
        // A request that is not there follows the limit by itself when the pod is made.
        if (raise.request() && text("/resources/requests/memory").isPresent()) {
            put(operations, "requests", raise.to());
        }
        name(operations, raise);
        return List.copyOf(operations);
    }

    private void name(List<PatchOperation> operations, MemoryRaise raise) {
        var template = KubernetesJson.tree(object).at("/spec/template");
        var name = template.at("/metadata/name");
        if (name.isTextual() && NextRevisionName.isNameOf(ObjectRef.of(object), NextRevisionName.PATH)) {
            operations.add(new PatchOperation.Test(NextRevisionName.PATH, name));
            operations.add(new PatchOperation.Put(
                    NextRevisionName.PATH, TextNode.valueOf(NextRevisionName.of(template, raise))));
        }
    }

    private void put(List<PatchOperation> operations, String which, Memory amount) {
        var json = JsonNodeFactory.instance;
        var value = json.textNode(amount.toString());
        var field = "/resources/" + which + "/memory";
        if (text(field).isPresent()) {
            operations.add(new PatchOperation.Test(path + field, container.at(field)));
            operations.add(new PatchOperation.Put(path + field, value));
        } else if (container.at("/resources/" + which).isObject()) {
            operations.add(new PatchOperation.Put(path + field, value));
        } else if (container.at("/resources").isObject()) {
            operations.add(new PatchOperation.Put(
                    path + "/resources/" + which, json.objectNode().set("memory", value)));
        } else {
            operations.add(new PatchOperation.Put(
                    path + "/resources",
                    json.objectNode().set(which, json.objectNode().set("memory", value))));
        }
    }

    private Optional<String> text(String pointer) {
        var node = container.at(pointer);
        return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static Optional<ContainerResources> find(HasMetadata object, String podSpec, String name) {
        var tree = KubernetesJson.tree(object);
        return Stream.of("/containers", "/initContainers")
                .flatMap(list ->
                        IntStream.range(0, tree.at(podSpec + list).size()).mapToObj(i -> podSpec + list + "/" + i))
                .filter(path -> tree.at(path + "/name").asText().equals(name))
                .map(path -> new ContainerResources(object, path, tree.at(path)))
                .findFirst();
    }
}
