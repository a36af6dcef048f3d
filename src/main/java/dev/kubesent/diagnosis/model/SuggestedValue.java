package dev.kubesent.diagnosis.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.action.Suggestion;
import dev.kubesent.action.TemplateField;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Whether what a model writes for a field has the form of one, and stands for nothing that was taken out of what it was told. */
final class SuggestedValue {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the redaction, or the masking, has put in another's place: nobody else knows what it stands for. */
    private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z-]+-\\d+>|\\*\\*\\*");

    private static final Set<String> HANDLERS = Set.of("httpGet", "tcpSocket", "grpc", "exec");

    /** Whom a probe asks beside the pod: the kubelet would ask any host for it. And headers may carry whatever a log made the model write. */
    private static final Set<String> ELSEWHERE = Set.of("host", "httpHeaders");

    private SuggestedValue() {}

    /** Whether a model may also say what a container runs: then a probe may run something, too. */
    enum Commands {
        ALLOWED,
        NOT_ALLOWED
    }

    static Optional<Suggestion> of(TemplateField field, @Nullable Object value, Commands commands) {
        JsonNode given = JSON.valueToTree(value);
        if (PLACEHOLDER.matcher(given.toString()).find()) {
            return Optional.empty();
        }
        Optional<JsonNode> checked = switch (field) {
            case IMAGE -> Optional.of(given).filter(JsonNode::isTextual);
            case COMMAND, ARGS -> Optional.of(given).filter(SuggestedValue::isWords);
            case ENV -> variable(given);
            case LIVENESS_PROBE, READINESS_PROBE, STARTUP_PROBE ->
                Optional.of(given).filter(probe -> isProbe(probe, commands));
        };
        return checked.map(one -> new Suggestion(field, one));
    }

    private static boolean isWords(JsonNode given) {
        return given.isArray()
                && !given.isEmpty()
                && StreamSupport.stream(given.spliterator(), false).allMatch(JsonNode::isTextual);
    }

    /** A single one, with a plain value. */
    private static Optional<JsonNode> variable(JsonNode given) {
        return Optional.of(given)
                .filter(list -> list.isArray() && list.size() == 1)
                .map(list -> list.get(0))
                .filter(one -> one.path("name").isTextual() && one.path("value").isValueNode() && one.size() == 2)
                .map(one -> ((ObjectNode) one.deepCopy())
                        .put("value", one.path("value").asText()));
    }

    /** One that asks the pod something, in one way. */
    private static boolean isProbe(JsonNode given, Commands commands) {
        return given.isObject()
                && HANDLERS.stream().filter(given::has).count() == 1
                && (commands == Commands.ALLOWED || !given.has("exec"))
                && HANDLERS.stream()
                        .map(given::path)
                        .noneMatch(asked -> ELSEWHERE.stream().anyMatch(asked::has));
    }
}
