package dev.kubesent.change;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.PatchOperation.Put;
import dev.kubesent.cluster.WorkloadKind;
import java.util.List;
import java.util.stream.Stream;

/** The fields that a change sets, inside an otherwise empty object: what a person puts into Git. */
final class Fragment {

    /** That nobody has: only what differs is anybody's. */
    private static final String ANOTHER_PATH = "/kubesent-asks-whose-this-is";

    private Fragment() {}

    /** An object of that name with nothing in it. */
    static ObjectNode of(ObjectRef target) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", target.apiVersion()).put("kind", target.kind());
        object.putObject("metadata").put("name", target.name()).put("namespace", target.namespace());
        return object;
    }

    static String template(ObjectRef workload) {
        return WorkloadKind.of(workload).map(WorkloadKind::podTemplate).orElse("/spec/template");
    }

    /** What is set. */
    static Stream<Put> puts(List<PatchOperation> operations) {
        return operations.stream().flatMap(operation -> operation instanceof Put put ? Stream.of(put) : Stream.empty());
    }

    static ObjectNode of(TemplateEdit change) {
        var fields = JsonNodeFactory.instance.objectNode();
        var container = container(fields, "/spec/template/spec", change.container(), change.operations());
        if (change.field().equals("livenessProbe")) {
            // Server-side apply takes nobody's handler away, and a probe has one only: asked is whose the path is.
            container.withObject("/livenessProbe/httpGet").put("path", ANOTHER_PATH);
        } else {
            puts(change.operations())
                    .forEach(put ->
                            container.set(put.path().substring(put.path().lastIndexOf('/') + 1), put.value()));
        }
        return fields;
    }

    static ObjectNode of(MemoryChange change) {
        var fields = JsonNodeFactory.instance.objectNode();
        var raise = change.raise();
        var podSpec = change.touches() == Touches.POD ? "/spec" : template(change.target()) + "/spec";
        var container = container(fields, podSpec, raise.container(), change.operations());
        container.withObject("/resources/limits").put("memory", raise.to().toString());
        if (puts(change.operations()).anyMatch(put -> put.path().contains("/requests"))) {
            container.withObject("/resources/requests").put("memory", raise.to().toString());
        }
        return fields;
    }

    private static ObjectNode container(
            ObjectNode object, String podSpec, String name, List<PatchOperation> operations) {
        var list = operations.stream().anyMatch(o -> o.path().contains("/initContainers/"))
                ? "initContainers"
                : "containers";
        return object.withObject(podSpec).putArray(list).addObject().put("name", name);
    }
}
