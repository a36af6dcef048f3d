package dev.kubesent.cluster.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.FieldConflict;
import java.util.ArrayList;
import java.util.List;

/** Whom a server-side apply would conflict with: the managers, by managedFields, of fields that it would change. */
final class FieldOwners {

    private static final String MEMORY = "memory";

    private FieldOwners() {}

    static List<FieldConflict> conflicts(ObjectNode object, ObjectNode fragment) {
        var conflicts = new ArrayList<FieldConflict>();
        for (var list : List.of("containers", "initContainers")) {
            for (var podSpec : List.of("/spec/template/spec", "/spec/jobTemplate/spec/template/spec", "/spec")) {
                fragment.at(podSpec + "/" + list).forEach(container -> {
                    for (var which : List.of("limits", "requests")) {
                        var wanted = container.at("/resources/" + which + "/" + MEMORY);
                        var name = container.path("name").asText();
                        if (!wanted.isMissingNode() && !wanted.equals(value(object, podSpec, list, name, which))) {
                            owners(object, podSpec, list, name, which)
                                    .forEach(owner -> conflicts.add(new FieldConflict(
                                            owner.path("manager").asText(),
                                            owner.path("operation").asText().equals("Apply"),
                                            name + "." + which)));
                        }
                    }
                });
            }
        }
        return conflicts;
    }

    private static JsonNode value(ObjectNode object, String podSpec, String list, String name, String which) {
        for (var container : object.at(podSpec + "/" + list)) {
            if (container.path("name").asText().equals(name)) {
                return container.at("/resources/" + which + "/" + MEMORY);
            }
        }
        return object.missingNode();
    }

    private static List<JsonNode> owners(ObjectNode object, String podSpec, String list, String name, String which) {
        var managers = new ArrayList<JsonNode>();
        for (var entry : object.at("/metadata/managedFields")) {
            var path = podSpec.replace("/", "/f:") + "/f:" + list;
            var containers = entry.at("/fieldsV1" + path);
            var field = containers.path("k:{\"name\":\"" + name + "\"}").at("/f:resources/f:" + which + "/f:" + MEMORY);
            if (!field.isMissingNode()) {
                managers.add(entry);
            }
        }
        return managers;
    }
}
