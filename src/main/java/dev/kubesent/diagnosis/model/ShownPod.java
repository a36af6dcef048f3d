package dev.kubesent.diagnosis.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.redaction.Redaction;
import java.util.List;

/** As much of a pod as leaves the cluster: what a diagnosis needs, redacted value by value. */
public final class ShownPod {

    private static final List<String> IDENTITY = List.of("name", "namespace");

    private static final List<String> CONTAINER_FIELDS = List.of(
            "name",
            "image",
            "imagePullPolicy",
            "command",
            "args",
            "env",
            "workingDir",
            "resources",
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
            "ports",
            "volumeMounts",
            "securityContext");

    private static final List<String> STATUS_FIELDS =
            List.of("name", "ready", "restartCount", "state", "lastState", "started");

    /** Elements of one list: what is shown is cut at a few thousand characters, and each that is redacted costs more than the one before. */
    private static final int ELEMENTS = 100;

    private ShownPod() {}

    /** No labels, no annotations, no volumes' contents, nothing that is only there for other programs. */
    public static ObjectNode of(Evidence evidence, Redaction redaction) {
        var tree = KubernetesJson.tree(evidence.pod());
        var shown = JsonNodeFactory.instance.objectNode();
        shown.set("metadata", kept(tree.path("metadata"), IDENTITY, redaction));
        // The status first: what is too long is cut at its end.
        shown.putObject("status").set("phase", tree.at("/status/phase"));
        shown.putObject("spec").set("restartPolicy", tree.at("/spec/restartPolicy"));
        for (var list : List.of("initContainers", "containers")) {
            for (var container : first(tree.at("/spec/" + list))) {
                shown.withArray("/spec/" + list).add(kept(container, CONTAINER_FIELDS, redaction));
            }
        }
        for (var list : List.of("initContainerStatuses", "containerStatuses")) {
            for (var status : first(tree.at("/status/" + list))) {
                shown.withArray("/status/" + list).add(kept(status, STATUS_FIELDS, redaction));
            }
        }
        return shown;
    }

    private static ObjectNode kept(JsonNode from, List<String> fields, Redaction redaction) {
        var kept = JsonNodeFactory.instance.objectNode();
        fields.stream()
                .filter(from::has)
                .filter(field -> !from.path(field).isEmpty() || from.path(field).isValueNode())
                .forEach(field -> kept.set(field, redaction.tree(bounded(from.path(field)))));
        return kept;
    }

    private static JsonNode bounded(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var some = JsonNodeFactory.instance.arrayNode();
            first(array).forEach(element -> some.add(bounded(element)));
            return some;
        }
        if (node instanceof ObjectNode object) {
            var some = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> some.set(member.getKey(), bounded(member.getValue())));
            return some;
        }
        return node;
    }

    private static List<JsonNode> first(JsonNode array) {
        return array.valueStream().limit(ELEMENTS).toList();
    }
}
