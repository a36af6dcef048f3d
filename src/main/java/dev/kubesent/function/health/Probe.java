package dev.kubesent.function.health;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** A probe's answer in the form that Spring Boot's has, where there is no application to give it. */
public final class Probe {

    private Probe() {}

    /** The status alone. */
    public static Reply status(Health health) {
        return reply(health, Map.of("status", code(health)));
    }

    /** With its details. @param component whose health it is */
    public static Reply detailed(Health health, String component) {
        var part = Map.of("status", code(health), "details", health.getDetails());
        return reply(health, Map.of("status", code(health), "components", Map.of(component, part)));
    }

    private static String code(Health health) {
        return health.getStatus().getCode();
    }

    private static Reply reply(Health health, Map<String, ?> body) {
        return new Reply(
                health.getStatus().equals(Status.UP) ? 200 : 503,
                Map.of("content-type", "application/json"),
                KubernetesJson.json(body).getBytes(StandardCharsets.UTF_8));
    }
}
