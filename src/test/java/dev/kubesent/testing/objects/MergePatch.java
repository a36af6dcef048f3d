package dev.kubesent.testing.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** RFC 7396, as {@code kubectl patch --type=merge} sends it. */
public final class MergePatch {

    private MergePatch() {}

    public static void apply(ObjectNode to, JsonNode patch, String field) {
        if (patch.isObject() && to.path(field) instanceof ObjectNode inner) {
            patch.properties().forEach(member -> apply(inner, member.getValue(), member.getKey()));
        } else {
            to.set(field, patch);
        }
    }
}
