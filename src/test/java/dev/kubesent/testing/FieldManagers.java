package dev.kubesent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who made an object of a scenario: a person with kubectl, unless an annotation names somebody else. */
final class FieldManagers {

    private static final String ANNOTATION = "/metadata/annotations/test.kubesent.dev~1field-manager";

    private FieldManagers() {}

    static String of(JsonNode object) {
        return object.at(ANNOTATION).asText("").isEmpty()
                ? "kubectl-create"
                : object.at(ANNOTATION).asText();
    }

    /** What an API server would note down: that manager applied the whole spec, as {@link ApiServerTestCluster} has it done. */
    static void note(ObjectNode object) {
        object.withArray("/metadata/managedFields")
                .addObject()
                .put("manager", of(object))
                .put("operation", "Apply")
                .put("fieldsType", "FieldsV1")
                .set("fieldsV1", fields(JsonNodeFactory.instance.objectNode().set("spec", object.path("spec"))));
    }

    private static JsonNode fields(JsonNode node) {
        var fields = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(member -> fields.set("f:" + member.getKey(), fields(member.getValue())));
        if (node.isArray()) {
            node.forEach(element ->
                    fields.set("k:{\"name\":\"" + element.path("name").asText() + "\"}", fields(element)));
        }
        return fields;
    }
}
