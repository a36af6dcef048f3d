package dev.kubesent.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes the secrets out of texts. What stands in their place is for whoever is to read it. */
public interface Redactor {

    /** Any text. What is longer than 40,000 characters is cut. */
    String text(String text);

    /** In place of all of it. */
    String hidden(String secret);

    /** In place of a variable of which nobody knows whether it is a secret. */
    default String unknown(String value) {
        return hidden(value);
    }

    /** The value of a field. */
    default String value(String name, String value) {
        return Names.isSecret(name) && !value.isBlank() && !Facts.isMasked(value) ? hidden(value) : text(value);
    }

    /** The value of a variable, or a header: it is shown only where it is of a kind that no secret has ({@link Plain}). */
    default String variable(String name, String value) {
        if (value.isBlank() || Facts.isMasked(value)) {
            return value;
        }
        if (Names.isSecretVariable(name)) {
            return hidden(value);
        }
        return Plain.isShown(name, value) ? value : unknown(value);
    }

    /** {@code --password} and its value are two arguments, and only the command says that {@code -p} is a password. */
    default List<String> arguments(List<String> all) {
        var shown = new ArrayList<String>();
        var commands = Arguments.of(all);
        for (int i = 0; i < all.size(); i++) {
            var before = i == 0 ? "" : all.get(i - 1);
            shown.add(
                    before.startsWith("-")
                                    && !before.contains("=")
                                    && Names.isSecret(before)
                                    && !all.get(i).startsWith("-")
                            ? value(before, all.get(i))
                            : commands.isSecret(i) ? hidden(all.get(i)) : text(all.get(i)));
        }
        return shown;
    }

    /** A Kubernetes object, or a part of one, with everything in it that is text. */
    default JsonNode tree(JsonNode node) {
        return switch (node) {
            case ArrayNode array -> array(array);
            case ObjectNode object -> object(object);
            default -> node.isTextual() ? JsonNodeFactory.instance.textNode(text(node.asText())) : node;
        };
    }

    private JsonNode array(ArrayNode array) {
        var shown = JsonNodeFactory.instance.arrayNode();
        if (!array.isEmpty() && array.valueStream().allMatch(JsonNode::isTextual)) {
            arguments(array.valueStream().map(JsonNode::asText).toList()).forEach(shown::add);
        } else {
            array.forEach(element -> shown.add(tree(element)));
        }
        return shown;
    }

    private JsonNode object(ObjectNode object) {
        var shown = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> {
            var field = member.getKey();
            var value = member.getValue();
            shown.set(
                    field,
                    value.isTextual()
                            ? JsonNodeFactory.instance.textNode(field(field, value.asText(), object))
                            : tree(value));
        });
        return shown;
    }

    /** Of a name and a value, as variables and headers are, the value by its name; a key of a Secret is none itself. */
    private String field(String field, String value, ObjectNode object) {
        if (IDENTITY.contains(field)) {
            return value;
        }
        return field.equals("value") && object.path("name").isTextual()
                ? variable(object.path("name").asText(), value)
                : field.equals("key") ? text(value) : value(field, value);
    }

    /** The API server and the kubelet wrote these. */
    Set<String> IDENTITY = Set.of("uid", "containerID", "imageID", "resourceVersion", "creationTimestamp", "startTime");
}
