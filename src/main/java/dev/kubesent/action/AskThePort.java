package dev.kubesent.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/** A liveness probe that asks the same port whether anything listens, in place of a path that the program does not have. It stays a probe. */
public record AskThePort() implements OfOneField {

    @Override
    public String advice(String container) {
        return "KubeSent can have the liveness probe of container %s ask whether its port is open. Do the same in its manifest, or give the probe a path that the program has."
                .formatted(container);
    }

    @Override
    public List<Cause> cures() {
        return List.of(Cause.PROBE_WRONG_PATH);
    }

    @Override
    public Optional<Refusal> whyNotProven(Evidence evidence) {
        var probe = evidence.container().getLivenessProbe();
        return probe == null || probe.getHttpGet() == null
                ? Proof.lacks("no liveness probe asks a path")
                : NewestRevision.whyNotStillborn(evidence);
    }

    @Override
    public Sureness needs(Evidence evidence) {
        return new Sureness.OfTheCauseOrAPerson();
    }

    @Override
    public Permission permission() {
        return Permission.PROBE;
    }

    @Override
    public boolean fits(JsonNode container) {
        return container.at("/livenessProbe/httpGet").isObject();
    }

    @Override
    public String field() {
        return "livenessProbe";
    }

    @Override
    public JsonNode value(JsonNode container) {
        ObjectNode probe = container.path("livenessProbe").deepCopy();
        probe.remove("httpGet");
        probe.set("tcpSocket", JsonNodeFactory.instance.objectNode().set("port", port(container)));
        return probe;
    }

    /** One probe has one handler: the old one has to go by name. */
    @Override
    public JsonNode merged(JsonNode container) {
        var json = JsonNodeFactory.instance;
        var probe = json.objectNode();
        probe.set("httpGet", json.nullNode());
        probe.set("tcpSocket", json.objectNode().set("port", port(container)));
        return probe;
    }

    private static JsonNode port(JsonNode container) {
        return container.at("/livenessProbe/httpGet/port");
    }

    @Override
    public String before(JsonNode container) {
        return "GET " + container.at("/livenessProbe/httpGet/path").asText("/") + " of port "
                + port(container).asText();
    }

    @Override
    public String after(JsonNode container) {
        return "a connection to port " + port(container).asText();
    }
}
