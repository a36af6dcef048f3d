package dev.kubesent.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The selector of a workload, as a whole: its labels and its expressions. */
public record Selector(JsonNode json) {

    /** A ReplicationController's is the labels themselves. */
    public static Selector of(HasMetadata workload) {
        return new Selector(KubernetesJson.tree(workload).at("/spec/selector"));
    }

    public static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }

    /** Whether one of its labels is this one with this value. */
    public boolean asksFor(String label, String value) {
        return value.equals(matchLabels().path(label).asText(""));
    }

    /** Whether it is the other with this one label more, to the letter: a Deployment gives its ReplicaSets no other. */
    public boolean isOtherWith(String label, Selector other) {
        var own = json.deepCopy();
        if (own instanceof ObjectNode fields && fields.path("matchLabels") instanceof ObjectNode labels) {
            labels.remove(label);
            if (labels.isEmpty()) {
                fields.remove("matchLabels");
            }
        }
        return own.equals(other.json);
    }

    /** One that says nothing matches nothing: Kubernetes allows none such for a workload. */
    public boolean matches(Map<String, String> labels) {
        var expressions = json.path("matchExpressions");
        return !(matchLabels().isEmpty() && expressions.isEmpty())
                && matchLabels().properties().stream()
                        .allMatch(wanted -> wanted.getValue().asText().equals(labels.get(wanted.getKey())))
                && StreamSupport.stream(expressions.spliterator(), false)
                        .allMatch(expression -> matches(expression, labels));
    }

    private JsonNode matchLabels() {
        var isPlain =
                json.properties().stream().allMatch(field -> field.getValue().isTextual());
        return isPlain ? json : json.path("matchLabels");
    }

    private static boolean matches(JsonNode expression, Map<String, String> labels) {
        var value = labels.get(expression.path("key").asText());
        var isListed = StreamSupport.stream(expression.path("values").spliterator(), false)
                .anyMatch(listed -> listed.asText().equals(value));
        return switch (expression.path("operator").asText()) {
            case "In" -> isListed;
            case "NotIn" -> !isListed;
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false; // of a later Kubernetes: what is not understood is not believed
        };
    }
}
