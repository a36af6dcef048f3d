package dev.kubesent.remedy.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Permission;
import java.time.Duration;

/**
 * A startupProbe that asks what the liveness probe asks, which waits for it (kubernetes.io, "Define startup probes"). The liveness probe stays
 * as it is.
 */
record AllowStart(Duration allow) implements Edit {

    /** As Kubernetes does by default. */
    private static final int PERIOD_SECONDS = 10;

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
