package dev.kubesent.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Pattern;

/** Where manifests name the namespace that KubeSent is installed in, Helm's comes in its place. */
final class OwnNamespaceWords {

    private static final String KUBESENT = "kubesent";

    /** In CEL the word is also a field manager, and the name of a Lease. */
    private static final List<String> NAMES = List.of("manager", "fieldManager", "request.?name.orValue('') == '");

    private static final Pattern QUOTED = Pattern.compile(".{0,30}'kubesent'");

    private OwnNamespaceWords() {}

    /** A tree before it is text, as YAML breaks long lines anywhere. */
    static void into(JsonNode tree) {
        switch (tree) {
            case ObjectNode object ->
                object.properties()
                        .forEach(field -> field.setValue(
                                field.getKey().equals("namespace") ? ofField(field.getValue()) : of(field.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, of(array.get(i)));
                }
            }
            default -> {}
        }
    }

    private static JsonNode ofField(JsonNode value) {
        return value.asText().equals(KUBESENT) ? TextNode.valueOf(Marks.NAMESPACE) : of(value);
    }

    private static JsonNode of(JsonNode value) {
        if (!value.isTextual()) {
            into(value);
            return value;
        }
        return TextNode.valueOf(replaced(value.asText()));
    }

    static String replaced(String text) {
        var replaced = text.replace("serviceaccount:kubesent:", "serviceaccount:" + Marks.NAMESPACE + ":")
                .replaceAll("namespace (==|!=) 'kubesent'", "namespace $1 '" + Marks.NAMESPACE + "'");
        var quoted = QUOTED.matcher(replaced);
        while (quoted.find()) {
            if (NAMES.stream().noneMatch(quoted.group()::contains)) {
                throw new IllegalStateException(
                        "is this KubeSent's namespace, or only its name? Say it here: " + quoted.group());
            }
        }
        return replaced;
    }
}
