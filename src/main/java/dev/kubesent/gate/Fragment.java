package dev.kubesent.gate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.PatchOperation.Put;
import dev.kubesent.cluster.WorkloadKind;

/** The fields that a change sets, inside an otherwise empty object: what a person puts into Git. */
final class Fragment {

    private Fragment() {}

    static ObjectNode of(Change change) {
        var target = change.target();
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", target.apiVersion()).put("kind", target.kind());
        object.putObject("metadata").put("name", target.name()).put("namespace", target.namespace());
        var podSpec = switch (change) {
            case Change.TemplatePatch _ ->
                object.withObject(
                        WorkloadKind.of(target).map(WorkloadKind::podTemplate).orElse("/spec/template") + "/spec");
            case Change.PodResize _, Change.PodReplacement _ -> object.withObject("/spec");
        };
        var container = podSpec.putArray(list(change)).addObject();
        var raise = change.raise();
        container.put("name", raise.container());
        container.withObject("/resources/limits").put("memory", raise.to().toString());
        if (change.operations().stream().anyMatch(Fragment::setsRequest)) {
            container.withObject("/resources/requests").put("memory", raise.to().toString());
        }
        return object;
    }

    private static String list(Change change) {
        return change.operations().stream().anyMatch(o -> o.path().contains("/initContainers/"))
                ? "initContainers"
                : "containers";
    }

    private static boolean setsRequest(PatchOperation operation) {
        return operation instanceof Put(var path, var _) && path.contains("/requests");
    }
}
