package dev.kubesent.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * One step of a JSON Patch (RFC 6902). A patch that starts with {@link Test} steps is refused whole by the server (422)
 * when the object is no longer what we looked at: that is how we never overwrite somebody else's change.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PatchOperation.Test.class, name = "test"),
    @JsonSubTypes.Type(value = PatchOperation.Put.class, name = "add")
})
public sealed interface PatchOperation {

    /** A JSON Pointer. */
    String path();

    JsonNode value();

    /** The patch as it is sent. */
    static ArrayNode patch(List<PatchOperation> operations) {
        var patch = JsonNodeFactory.instance.arrayNode();
        for (var operation : operations) {
            var op = switch (operation) {
                case Test _ -> "test";
                case Put _ -> "add";
            };
            patch.addObject().put("op", op).put("path", operation.path()).set("value", operation.value());
        }
        return patch;
    }

    record Test(String path, JsonNode value) implements PatchOperation {}

    /** {@code add}, which for a member of an object also replaces (RFC 6902, 4.1). */
    record Put(String path, JsonNode value) implements PatchOperation {}
}
