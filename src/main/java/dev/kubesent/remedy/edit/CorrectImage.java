package dev.kubesent.remedy.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.api.v1alpha1.Permission;

/** Another tag of the same repository. @param image that runs elsewhere in the namespace */
record CorrectImage(String image) implements Edit {

    @Override
    public Permission permission() {
        return Permission.IMAGE;
    }

    @Override
    public boolean fits(JsonNode container) {
        return container.path("image").isTextual();
    }

    @Override
    public String field() {
        return "image";
    }

    @Override
    public JsonNode value(JsonNode container) {
        return TextNode.valueOf(image);
    }

    @Override
    public String before(JsonNode container) {
        return container.path("image").asText();
    }

    @Override
    public String after(JsonNode container) {
        return image;
    }
}
