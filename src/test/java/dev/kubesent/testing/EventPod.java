package dev.kubesent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.Request;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The pod inside an event, read with a full parse: not with the code under test. */
public final class EventPod {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventPod() {}

    static Optional<String> of(Scenario scenario) {
        try {
            var text = new String(request(scenario, scenario.event()).body(), StandardCharsets.UTF_8);
            JsonNode body = JSON.readTree(text);
            var pod = body.has("specversion") ? data(body) : body;
            return pod.path("metadata").has("uid") ? Optional.of(KubernetesJson.json(pod)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a malformed event carries no pod
        }
    }

    static Request request(Scenario scenario, String event) {
        if (scenario.eventFile().toString().endsWith(".json")) {
            return new Request(
                    Map.of("content-type", "application/cloudevents+json"), event.getBytes(StandardCharsets.UTF_8));
        }
        var parts = event.split("\n\n", 2);
        var headers = new HashMap<String, String>();
        parts[0].lines().skip(1).forEach(line -> headers.put(line.split(": ", 2)[0], line.split(": ", 2)[1].strip()));
        return new Request(headers, parts[1].getBytes(StandardCharsets.UTF_8));
    }

    /** What the source sends when an object changes. */
    public static Request update(HasMetadata object) {
        var meta = object.getMetadata();
        return new Request(
                Map.of(
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        meta.getUid() + meta.getResourceVersion(),
                        "ce-source",
                        "test",
                        "ce-type",
                        "dev.knative.apiserver.resource.update",
                        "ce-kind",
                        object.getKind(),
                        "ce-apiversion",
                        object.getApiVersion(),
                        "ce-namespace",
                        meta.getNamespace(),
                        "ce-name",
                        meta.getName(),
                        "content-type",
                        "application/json"),
                KubernetesJson.json(object).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode data(JsonNode envelope) {
        try {
            return envelope.has("data_base64")
                    ? JSON.readTree(envelope.path("data_base64").binaryValue())
                    : envelope.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
