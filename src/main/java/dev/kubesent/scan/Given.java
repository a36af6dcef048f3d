package dev.kubesent.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Files that a person has of a pod, told apart by what is in them: the pod, its events, and what it printed. */
final class Given {

    private final ObjectNode question = JsonNodeFactory.instance.objectNode();

    private Given() {}

    /**
     * @param texts of the files
     * @return the question that {@code POST /diagnose} takes
     * @throws IllegalArgumentException in a sentence, where there is no pod among them
     */
    static byte[] question(List<String> texts) {
        var given = new Given();
        texts.forEach(given::add);
        if (!given.question.has("pod")) {
            throw new IllegalArgumentException("no pod is among the files: kubectl get pod NAME -o yaml > pod.yaml");
        }
        return given.question.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void add(String text) {
        if (isDescribed(text)) {
            throw new IllegalArgumentException(
                    "the output of kubectl describe leaves out too much: kubectl get pod NAME -o yaml > pod.yaml, and kubectl get events -o yaml > events.yaml");
        }
        var object = object(text);
        switch (object.path("kind").asText()) {
            case "Pod" -> question.set("pod", object);
            case "Event" -> question.withArray("/events").add(object);
            case "List", "PodList", "EventList" -> object.path("items").forEach(item -> add(item.toString()));
            case "" -> text.lines().forEach(question.withArray("/logs")::add);
            default ->
                throw new IllegalArgumentException(
                        "a %s is among the files; a pod, its events and what it printed are read"
                                .formatted(object.path("kind").asText()));
        }
    }

    private static boolean isDescribed(String text) {
        return text.startsWith("Name: ") && text.contains("\nNamespace: ");
    }

    /** Empty where it is a log. */
    private static JsonNode object(String text) {
        if (!text.stripLeading().startsWith("{") && !text.contains("\nkind:") && !text.startsWith("kind:")) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return KubernetesJson.parse(text, JsonNode.class);
        } catch (RuntimeException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
