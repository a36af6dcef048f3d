package dev.kubesent.gate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.PatchOperation.Put;
import dev.kubesent.cluster.WorkloadKind;
import java.util.stream.Stream;

/** The fields that a change sets, inside an otherwise empty object: what a person puts into Git. */
final class Fragment {

    /** That nobody has: only what differs is anybody's. */
    private static final String ANOTHER_PATH = "/kubesent-asks-whose-this-is";

    private Fragment() {}

    static ObjectNode of(Change change) {
        var target = change.target();
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", target.apiVersion()).put("kind", target.kind());
        object.putObject("metadata").put("name", target.name()).put("namespace", target.namespace());
        switch (change) {
            case PodEviction _ -> {} // sets none
            case Change.TemplatePatch patch -> resources(object.withObject(template(patch) + "/spec"), patch);
            case JobPatch patch -> resources(object.withObject(template(patch) + "/spec"), patch);
            case Change.PodResize resize -> resources(object.withObject("/spec"), resize);
            case Change.PodReplacement replacement -> resources(object.withObject("/spec"), replacement);
            case TrafficPin pin -> object.withObject("/spec").set("traffic", TrafficPin.traffic(pin.to()));
            case TemplateEdit edit -> field(object.withObject("/spec/template/spec"), edit);
            case Change.TemplateRollback rollback ->
                rollback.operations().stream()
                        .flatMap(operation -> operation instanceof Put put ? Stream.of(put) : Stream.empty())
                        .forEach(put -> object.withObject("/spec").set("template", put.value()));
        }
        return object;
    }

    private static String template(Change change) {
        return WorkloadKind.of(change.target()).map(WorkloadKind::podTemplate).orElse("/spec/template");
    }

    private static void field(ObjectNode podSpec, TemplateEdit change) {
        var container = podSpec.putArray(list(change)).addObject().put("name", change.container());
        if (change.field().equals("livenessProbe")) {
            // Server-side apply takes nobody's handler away, and a probe has one only: asked is whose the path is.
            container.withObject("/livenessProbe/httpGet").put("path", ANOTHER_PATH);
            return;
        }
        change.operations().stream()
                .flatMap(operation -> operation instanceof Put put ? Stream.of(put) : Stream.empty())
                .forEach(put -> container.set(put.path().substring(put.path().lastIndexOf('/') + 1), put.value()));
    }

    private static void resources(ObjectNode podSpec, Change.MemoryChange change) {
        var container = podSpec.putArray(list(change)).addObject();
        var raise = change.raise();
        container.put("name", raise.container());
        container.withObject("/resources/limits").put("memory", raise.to().toString());
        if (change.operations().stream().anyMatch(Fragment::setsRequest)) {
            container.withObject("/resources/requests").put("memory", raise.to().toString());
        }
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
