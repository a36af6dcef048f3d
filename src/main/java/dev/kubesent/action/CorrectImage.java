package dev.kubesent.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure;
import java.util.List;
import java.util.Optional;

/** Another tag of the same repository. @param image that runs elsewhere in the namespace */
public record CorrectImage(String image) implements OfOneField {

    @Override
    public String label() {
        return "CorrectImage: " + image;
    }

    @Override
    public String advice(String container) {
        return "KubeSent can set the image of container %s to %s, which runs here. Do the same in its manifest, or push the tag that is missing."
                .formatted(container, image);
    }

    @Override
    public List<Cause> cures() {
        return List.of(Cause.IMAGE_NOT_FOUND);
    }

    @Override
    public Optional<Refusal> whyNotProven(Evidence evidence) {
        return ProvenImage.whyNotInPlace(evidence, image);
    }

    /** A digest is pinned content, and its tag may be another build. */
    @Override
    public Sureness needs(Evidence evidence) {
        var isPinned = evidence.failure() instanceof Failure.ImagePull pull
                && pull.image().contains("@");
        return isPinned
                ? new Sureness.APerson("a digest was asked for: a person has to approve its tag")
                : new Sureness.OfTheCauseOrAPerson();
    }

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
