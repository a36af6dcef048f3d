package dev.kubesent.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.redaction.Legible;
import dev.kubesent.redaction.Masking;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a model would have a field be, and a person has approved. Of a probe only another one: it never disappears. */
public record SetField(Suggestion suggestion) implements OfOneField {

    @Override
    public String label() {
        return "SetField: " + suggestion.field().key();
    }

    @Override
    public String advice(String container) {
        return "A model suggests to set %s of container %s; KubeSent does so only after a person has approved it. Check it, and set it in the manifest."
                .formatted(suggestion.field().key(), container);
    }

    @Override
    public List<Cause> cures() {
        return Arrays.stream(Cause.values()).filter(Cause::isOfRevision).toList();
    }

    @Override
    public Optional<Refusal> whyNotProven(Evidence evidence) {
        return suggestion.field() == TemplateField.IMAGE
                ? ProvenImage.whyNotInPlace(evidence, suggestion.value().asText())
                : NewestRevision.whyNotBroken(evidence);
    }

    /** A log can say anything to a model, and a model to us. */
    @Override
    public Sureness needs(Evidence evidence) {
        return new Sureness.APerson("a model suggests it: a person has to approve it");
    }

    @Override
    public Permission permission() {
        return switch (suggestion.field()) {
            case IMAGE -> Permission.IMAGE;
            case COMMAND, ARGS -> Permission.COMMAND;
            case ENV -> Permission.ENV;
            case LIVENESS_PROBE, READINESS_PROBE, STARTUP_PROBE -> Permission.PROBE;
        };
    }

    @Override
    public boolean fits(JsonNode container) {
        return switch (suggestion.field()) {
            case IMAGE, COMMAND, ARGS, STARTUP_PROBE -> true;
            case ENV -> !variable(container).has("valueFrom"); // a Secret's is not to be overwritten with a plain one
            case LIVENESS_PROBE, READINESS_PROBE -> container.path(key()).isObject();
        };
    }

    @Override
    public String field() {
        return switch (suggestion.field()) {
            case ENV -> "env[" + name() + "]";
            case IMAGE, COMMAND, ARGS, LIVENESS_PROBE, READINESS_PROBE, STARTUP_PROBE -> key();
        };
    }

    @Override
    public String key() {
        return suggestion.field().key();
    }

    @Override
    public JsonNode value(JsonNode container) {
        return switch (suggestion.field()) {
            case ENV -> environment(container);
            case IMAGE, COMMAND, ARGS, LIVENESS_PROBE, READINESS_PROBE, STARTUP_PROBE -> suggestion.value();
        };
    }

    /** The other variables are the template's own business. */
    @Override
    public JsonNode merged(JsonNode container) {
        return switch (suggestion.field()) {
            case ENV -> JsonNodeFactory.instance.arrayNode().add(suggestion.value());
            case IMAGE, COMMAND, ARGS -> suggestion.value();
            case LIVENESS_PROBE, READINESS_PROBE, STARTUP_PROBE -> alone(container.path(key()));
        };
    }

    /** A merge would keep the handler that there was beside the new one. */
    private JsonNode alone(JsonNode before) {
        ObjectNode probe = suggestion.value().deepCopy();
        before.fieldNames().forEachRemaining(name -> {
            if (!probe.has(name)) {
                probe.putNull(name);
            }
        });
        return probe;
    }

    /** In its place, since later variables may refer to earlier ones. */
    private JsonNode environment(JsonNode container) {
        ArrayNode all = container.path("env").isArray()
                ? container.path("env").deepCopy()
                : JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < all.size(); i++) {
            if (all.path(i).path("name").asText().equals(name())) {
                all.set(i, suggestion.value());
                return all;
            }
        }
        return all.add(suggestion.value());
    }

    private String name() {
        return suggestion.value().path("name").asText();
    }

    private JsonNode variable(JsonNode container) {
        for (var one : container.path("env")) {
            if (one.path("name").asText().equals(name())) {
                return one;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    /** A variable's value may be a secret; so may what a probe sends. */
    @Override
    public String before(JsonNode container) {
        return switch (suggestion.field()) {
            case ENV -> variable(container).isMissingNode() ? "" : "(another value)";
            case IMAGE, COMMAND, ARGS -> Masking.text(shown(container.path(key())));
            case LIVENESS_PROBE, READINESS_PROBE, STARTUP_PROBE ->
                container.path(key()).isObject() ? "(as it is)" : "";
        };
    }

    @Override
    public String after(JsonNode container) {
        return switch (suggestion.field()) {
            case ENV -> shown(suggestion.value().path("value"));
            case IMAGE, COMMAND, ARGS, LIVENESS_PROBE, READINESS_PROBE, STARTUP_PROBE -> shown(suggestion.value());
        };
    }

    /** As JSON wherever a plain text could pass for something else, such as the next line of a diff. */
    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "";
        }
        var isPlain = value.isTextual() && Legible.line(value.asText()).equals(value.asText());
        return Legible.line(isPlain ? value.asText() : value.toString());
    }
}
