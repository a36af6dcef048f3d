package dev.kubesent.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One step of a JSON Patch (RFC 6902). A patch that starts with {@link Test} steps is refused whole by the server (422)
 * when the object is no longer what we looked at: that is how we never overwrite somebody else's change.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PatchOperation.Test.class, name = "test"),
    @JsonSubTypes.Type(value = PatchOperation.Put.class, name = "add"),
    @JsonSubTypes.Type(value = PatchOperation.Remove.class, name = "remove")
})
public sealed interface PatchOperation {

    /** A JSON Pointer. */
    String path();

    /** The patch as it is sent. */
    static ArrayNode patch(List<PatchOperation> operations) {
        var patch = JsonNodeFactory.instance.arrayNode();
        for (var operation : operations) {
            switch (operation) {
                case Test(var path, var value) -> add(patch, "test", path).set("value", value);
                case Put(var path, var value) -> add(patch, "add", path).set("value", value);
                case Remove(var path) -> add(patch, "remove", path);
            }
        }
        return patch;
    }

    private static ObjectNode add(ArrayNode patch, String op, String path) {
        return patch.addObject().put("op", op).put("path", path);
    }

    record Test(String path, JsonNode value) implements PatchOperation {}

    /** {@code add}, which for a member of an object also replaces (RFC 6902, 4.1). */
    record Put(String path, JsonNode value) implements PatchOperation {}

    record Remove(String path) implements PatchOperation {}
}
