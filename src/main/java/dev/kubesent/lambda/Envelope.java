package dev.kubesent.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.event.Request;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens what AWS wrapped an event in, also where one service put it into the envelope of another: a topic into a queue, a bus into a
 * queue. At the end there is a CloudEvent, or the bare Kubernetes object of one whose attributes were lost on the way. Pure; never
 * throws for bad input.
 */
final class Envelope {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A bus into a topic into a queue, and one to spare. */
    private static final int DEEPEST = 4;

    private final int depth;

    private Envelope(int depth) {
        this.depth = depth;
    }

    /** @param id in place of an event's own, where it has none */
    static Payload open(JsonNode json, String id) {
        return new Envelope(0).opened(json, id);
    }

    /** @param attributes the message's, as headers */
    static Payload open(String message, Map<String, String> attributes, String id) {
        return new Envelope(0).text(message, attributes, id);
    }

    static Payload ofSns(JsonNode notification) {
        return new Envelope(0).sns(notification);
    }

    private Payload text(String message, Map<String, String> attributes, String id) {
        if (attributes.containsKey("ce-specversion")) {
            return binary(message, attributes);
        }
        try {
            return opened(JSON.readTree(message), id);
        } catch (JsonProcessingException e) {
            return new Payload.Unusable(notJson("message", e));
        }
    }

    private Payload opened(JsonNode json, String id) {
        if (depth == DEEPEST) {
            return new Payload.Unusable("more than " + DEEPEST + " envelopes in one another");
        }
        var inner = new Envelope(depth + 1);
        if (json.has("detail-type") && json.has("detail")) {
            return inner.eventBridge(json);
        }
        if (json.has("Message") && json.has("TopicArn")) {
            return inner.sns(json);
        }
        return event(json, id);
    }

    private Payload sns(JsonNode notification) {
        return text(
                notification.path("Message").asText(),
                Attributes.ofSns(notification.path("MessageAttributes")),
                notification.path("MessageId").asText());
    }

    /** EventBridge's own rule and its Scheduler write the same detail-type. */
    private Payload eventBridge(JsonNode envelope) {
        return envelope.path("detail-type").asText().equals("Scheduled Event")
                ? new Payload.Tick()
                : opened(envelope.path("detail"), envelope.path("id").asText());
    }

    private static Payload event(JsonNode json, String id) {
        if (json.isArray()) {
            return new Payload.Event(request(json, "application/cloudevents-batch+json"));
        }
        if (json.has("specversion")) {
            return new Payload.Event(request(json, "application/cloudevents+json"));
        }
        if (json.has("apiVersion") && json.has("kind")) {
            return new Payload.Event(bare(json, id));
        }
        return new Payload.Unusable("no CloudEvent, no Kubernetes object, and no envelope of AWS around one");
    }

    private static Payload binary(String message, Map<String, String> attributes) {
        var headers = new HashMap<>(attributes);
        headers.putIfAbsent("content-type", "application/json");
        return new Payload.Event(new Request(headers, message.getBytes(StandardCharsets.UTF_8)));
    }

    /** As ApiServerSource would tell of it. What the live pod says decides, so "update" is as good as "add". */
    private static Request bare(JsonNode object, String id) {
        return new Request(
                Map.of(
                        "ce-specversion", "1.0",
                        "ce-id", id.isEmpty() ? object.at("/metadata/uid").asText("none") : id,
                        "ce-source", "aws",
                        "ce-type", "dev.knative.apiserver.resource.update",
                        "ce-apiversion", object.path("apiVersion").asText(),
                        "ce-kind", object.path("kind").asText(),
                        "content-type", "application/json"),
                bytes(object));
    }

    private static Request request(JsonNode json, String contentType) {
        return new Request(Map.of("content-type", contentType), bytes(json));
    }

    /** Where, and not what: it would be logged. */
    static String notJson(String what, JsonProcessingException e) {
        var at = e.getLocation();
        // What is too deep has no place.
        return at == null
                ? "the %s is no JSON that is read: it is too deep, or too long".formatted(what)
                : "the %s is not JSON, at line %d, column %d".formatted(what, at.getLineNr(), at.getColumnNr());
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
