package dev.kubesent.evidence.revision;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.redaction.Masking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What two revisions of a pod template differ in, for a person: "app: image shop:1.4 → shop:1.5". Pure. */
public final class TemplateChanges {

    /** Characters of one value; the rest is in the revisions themselves. */
    private static final int LONGEST = 80;

    /** Whose values hold no secret, and are shown. Of all others only that they changed: a list of arguments is no place to look for masks. */
    private static final Pattern SHOWN = Pattern.compile(
            "image|imagePullPolicy|resources\\..*|workingDir|serviceAccountName"
                    + "|(liveness|readiness|startup)Probe\\.(\\w*Seconds|\\w+Threshold|httpGet\\.(path|port|scheme)|(tcpSocket|grpc)\\.port)"
                    + "|securityContext\\..*|terminationGracePeriodSeconds|hostNetwork|restartPolicy|runtimeClassName|priorityClassName");

    private static final Set<String> OF_THE_CONTROLLER =
            Set.of("pod-template-hash", "controller-revision-hash", "pod-template-generation");

    private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";

    private static final List<String> CONTAINERS = List.of("containers", "initContainers");

    private final List<String> changes = new ArrayList<>();

    private TemplateChanges() {}

    /** Of two pod templates. @return with values only where they hold no secret */
    public static List<String> between(JsonNode before, JsonNode after) {
        var all = new TemplateChanges();
        var from = before.path("spec");
        var to = after.path("spec");
        for (var kind : CONTAINERS) {
            all.containers(byName(from.path(kind)), byName(to.path(kind)));
        }
        all.fields("", "", from, to);
        all.marks("annotation ", before.at("/metadata/annotations"), after.at("/metadata/annotations"));
        all.marks("label ", before.at("/metadata/labels"), after.at("/metadata/labels"));
        return List.copyOf(all.changes);
    }

    /** Only their names: a checksum says that a ConfigMap changed, and not what in it. */
    private void marks(String kind, JsonNode before, JsonNode after) {
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.stream()
                .filter(name -> !OF_THE_CONTROLLER.contains(name))
                .filter(name -> !before.path(name).equals(after.path(name)))
                .forEach(name -> changes.add(
                        name.equals(RESTARTED)
                                ? "it was restarted by kubectl rollout restart"
                                : kind + name + " changed"));
    }

    private void containers(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        after.forEach((name, container) -> {
            if (!before.containsKey(name)) {
                changes.add("container " + name + " is new");
                return;
            }
            variables(name, byName(before.get(name).path("env")), byName(container.path("env")));
            fields(name + ": ", "", before.get(name), container);
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> changes.add("container " + name + " is gone"));
    }

    private void variables(String container, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (var name : names) {
            if (!before.containsKey(name)) {
                changes.add("%s: env %s is new".formatted(container, name));
            } else if (!after.containsKey(name)) {
                changes.add("%s: env %s is gone".formatted(container, name));
            } else if (!before.get(name).equals(after.get(name))) {
                changes.add("%s: env %s changed".formatted(container, name));
            }
        }
    }

    /** @param path of the fields, from the container or the pod */
    private void fields(String where, String path, JsonNode before, JsonNode after) {
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
                fields(where, path + name + ".", from, to);
            } else {
                changes.add(where + told(path + name, from, to));
            }
        }
    }

    private static String told(String field, JsonNode from, JsonNode to) {
        var isPlain = (from.isValueNode() || from.isMissingNode()) && (to.isValueNode() || to.isMissingNode());
        return isPlain && SHOWN.matcher(field).matches()
                ? "%s %s → %s".formatted(field, shown(from), shown(to))
                : field + " changed";
    }

    private static String shown(JsonNode value) {
        var text = value.isMissingNode() ? "(not set)" : Masking.text(value.asText());
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static Map<String, JsonNode> byName(JsonNode list) {
        var named = new LinkedHashMap<String, JsonNode>();
        list.forEach(element -> named.put(element.path("name").asText(), element));
        return named;
    }
}
