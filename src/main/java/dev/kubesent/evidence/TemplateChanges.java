package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What two revisions of a pod template differ in, for a person: "app: image shop:1.4 → shop:1.5". Pure. */
final class TemplateChanges {

    /** Characters of one value; the rest is in the ReplicaSets themselves. */
    private static final int LONGEST = 80;

    private static final List<String> CONTAINERS = List.of("containers", "initContainers");

    private final List<String> changes = new ArrayList<>();

    private TemplateChanges() {}

    /** @return without the values of what looks like a credential */
    static List<String> between(PodSpec before, PodSpec after) {
        var all = new TemplateChanges();
        var from = tree(before);
        var to = tree(after);
        for (var kind : CONTAINERS) {
            all.containers(byName(from.path(kind)), byName(to.path(kind)));
        }
        all.fields("", from, to);
        return List.copyOf(all.changes);
    }

    private void containers(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        after.forEach((name, container) -> {
            if (!before.containsKey(name)) {
                changes.add("container " + name + " is new");
                return;
            }
            variables(name, byName(before.get(name).path("env")), byName(container.path("env")));
            fields(name + ": ", before.get(name), container);
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> changes.add("container " + name + " is gone"));
    }

    private void variables(String container, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (var name : names) {
            var from = before.getOrDefault(name, MissingNode.getInstance());
            var to = after.getOrDefault(name, MissingNode.getInstance());
            if (!from.equals(to)) {
                changes.add("%s: env %s %s → %s".formatted(container, name, value(name, from), value(name, to)));
            }
        }
    }

    /** As an assignment, so that a secret's name masks its value. */
    private static String value(String name, JsonNode variable) {
        if (variable.isMissingNode()) {
            return "(not set)";
        }
        return variable.has("value")
                ? cut(Masking.text(name + "=" + variable.path("value").asText()).substring(name.length() + 1))
                : shown(variable.path("valueFrom"));
    }

    private void fields(String where, JsonNode before, JsonNode after) {
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (var name : names) {
            var from = before.path(name);
            var to = after.path(name);
            if (CONTAINERS.contains(name) || name.equals("env") || from.equals(to)) {
                continue;
            }
            if (from.isObject() && to.isObject()) {
                fields(where + name + ".", from, to);
            } else {
                changes.add("%s%s %s → %s".formatted(where, name, shown(from), shown(to)));
            }
        }
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "(not set)";
        }
        return cut(Masking.text(value.isValueNode() ? value.asText() : value.toString()));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static Map<String, JsonNode> byName(JsonNode list) {
        var named = new LinkedHashMap<String, JsonNode>();
        list.forEach(element -> named.put(element.path("name").asText(), element));
        return named;
    }

    private static JsonNode tree(PodSpec spec) {
        try {
            return KubernetesJson.parseJson(KubernetesJson.json(spec).getBytes(StandardCharsets.UTF_8), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException("what was just written as JSON cannot be read", e);
        }
    }
}
