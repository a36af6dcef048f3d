package dev.kubesent.testing.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What differs from an object, as kustomize has it: a field that is told replaces, {@code null} takes away. Lists are replaced whole, but for
 * those of {@link #KEYS}: their elements are merged each with the one of the same key, new ones come last, and {@code $patch: delete} takes one
 * away.
 */
final class Overlay {

    /** Lists whose elements have a name of their own. Kubernetes merges them the same way; of the statuses, which nobody patches, it says nothing. */
    static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "containerStatuses", "name",
            "initContainerStatuses", "name",
            "env", "name",
            "volumes", "name",
            "conditions", "type");

    private Overlay() {}

    static void apply(ObjectNode to, ObjectNode what) {
        what.properties().forEach(member -> apply(to, member.getKey(), member.getValue()));
    }

    private static void apply(ObjectNode to, String field, JsonNode value) {
        switch (value) {
            case JsonNode nothing when nothing.isNull() -> to.remove(field);
            case ObjectNode object ->
                apply(to.path(field) instanceof ObjectNode known ? known : to.putObject(field), object);
            case ArrayNode list
            when KEYS.containsKey(field) && to.path(field) instanceof ArrayNode known ->
                list.forEach(element -> merge(known, (ObjectNode) element, KEYS.get(field)));
            default -> to.set(field, value);
        }
    }

    private static void merge(ArrayNode list, ObjectNode element, String key) {
        var at = IntStream.range(0, list.size())
                .filter(i -> list.get(i).path(key).equals(element.path(key)))
                .findFirst();
        if (at.isEmpty()) {
            list.add(element);
        } else if (isDeletion(element)) {
            list.remove(at.getAsInt());
        } else {
            apply((ObjectNode) list.get(at.getAsInt()), element);
        }
    }

    static boolean isDeletion(ObjectNode element) {
        return element.path("$patch").asText().equals("delete");
    }
}
