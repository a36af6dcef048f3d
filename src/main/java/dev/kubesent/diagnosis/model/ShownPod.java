package dev.kubesent.diagnosis.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.stream.Collectors;

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

    private static JsonNode textNode(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

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
                .forEach(field -> kept.set(field, redacted(from.path(field), redaction)));
        return kept;
    }

    private static JsonNode redacted(JsonNode node, Redaction redaction) {
        if (node.isTextual()) {
            return textNode(redaction.text(node.asText()));
        }
        if (node instanceof ArrayNode array) {
            var redacted = JsonNodeFactory.instance.arrayNode();
            arguments(array, redaction, redacted);
            return redacted;
        }
        if (node instanceof ObjectNode object) {
            var redacted = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> {
                var value = member.getValue();
                redacted.set(
                        member.getKey(),
                        value.isTextual()
                                ? textNode(redaction.value(meaning(member.getKey(), object), value.asText()))
                                : redacted(value, redaction));
            });
            return redacted;
        }
        return node;
    }

    /** What a value is: of a name and a value, as headers and variables are, the name; a key of a Secret is none itself. */
    private static String meaning(String field, ObjectNode object) {
        return switch (field) {
            case "value" -> object.path("name").asText();
            case "key" -> "";
            default -> field;
        };
    }

    /** {@code --password} and its value are two arguments. */
    private static void arguments(ArrayNode array, Redaction redaction, ArrayNode redacted) {
        // As a shell would have it, for what only the two together show: curl -u name:password.
        redaction.text(texts(array));
        var before = "";
        for (var element : first(array)) {
            if (element.isTextual() && before.startsWith("-") && !before.contains("=")) {
                redacted.add(redaction.value(before, element.asText()));
            } else {
                redacted.add(redacted(element, redaction));
            }
            before = element.isTextual() ? element.asText() : "";
        }
    }

    private static String texts(ArrayNode array) {
        return first(array).stream().map(JsonNode::asText).collect(Collectors.joining(" "));
    }

    private static List<JsonNode> first(JsonNode array) {
        return array.valueStream().limit(ELEMENTS).toList();
    }
}
