package dev.kubesent.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A startupProbe that asks what the liveness probe asks, which waits for it (kubernetes.io, "Define startup probes"). The liveness probe stays
 * as it is.
 */
public record AllowStart(Duration allow) implements OfOneField {

    /** As Kubernetes does by default. */
    private static final int PERIOD_SECONDS = 10;

    @Override
    public String label() {
        return "AllowStart: " + allow.toSeconds() + " s";
    }

    @Override
    public String advice(String container) {
        return "KubeSent can add a startupProbe that gives container %s %d s to start. Do the same in its manifest, or make its start faster."
                .formatted(container, allow.toSeconds());
    }

    @Override
    public List<Cause> cures() {
        return List.of(Cause.PROBE_TOO_EARLY);
    }

    @Override
    public Optional<Refusal> whyNotProven(Evidence evidence) {
        var container = evidence.container();
        return container.getLivenessProbe() == null || container.getStartupProbe() != null
                ? Proof.lacks("it is not a liveness probe alone that ends the start")
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
        return container.path("livenessProbe").isObject()
                && !container.path("startupProbe").isObject();
    }

    @Override
    public String field() {
        return "startupProbe";
    }

    @Override
    public JsonNode value(JsonNode container) {
        ObjectNode probe = container.path("livenessProbe").deepCopy();
        probe.put("periodSeconds", PERIOD_SECONDS);
        probe.put("failureThreshold", tries());
        probe.put("successThreshold", 1);
        probe.remove("initialDelaySeconds");
        return probe;
    }

    private long tries() {
        return (allow.toSeconds() + PERIOD_SECONDS - 1) / PERIOD_SECONDS;
    }

    @Override
    public String before(JsonNode container) {
        return "";
    }

    @Override
    public String after(JsonNode container) {
        return "what livenessProbe asks, up to %d times every %d s".formatted(tries(), PERIOD_SECONDS);
    }
}
