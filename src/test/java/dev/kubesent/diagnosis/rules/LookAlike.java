package dev.kubesent.diagnosis.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.ObservedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A text of other software, or of other circumstances, that resembles what a rule looks for: an entry below src/test/resources/lookalikes. It is
 * put where the rule looks, with all around it speaking for the rule.
 *
 * @param rule whose trigger it resembles, as a diagnosis names it
 * @param cause which that rule would say, and which it is not
 */
record LookAlike(String rule, Cause cause, Where where, JsonNode entry) {

    /** Where a text stands; each is a file. */
    enum Where {
        /** In the log of a program that ended with exit code 1. */
        LOG,
        /** In the state of a container that does not start, and in the event. */
        START,
        /** In the state of a container whose image is not pulled, and in the event. */
        PULL,
        /** In the last event Unhealthy of a container that was killed for its liveness probe. */
        PROBE,
        /** Parts of a pod's status and spec. */
        POD
    }

    private static final Path FOLDER = Path.of("src/test/resources/lookalikes");

    static List<LookAlike> all() {
        return Stream.of(Where.values()).flatMap(LookAlike::of).toList();
    }

    private static Stream<LookAlike> of(Where where) {
        try {
            var file = FOLDER.resolve(where.name().toLowerCase(java.util.Locale.ROOT) + ".yaml");
            return KubernetesJson.parse(Files.readString(file), JsonNode.class)
                    .propertyStream()
                    .flatMap(rule -> rule.getValue()
                            .path("lookalikes")
                            .valueStream()
                            .map(entry -> new LookAlike(
                                    rule.getValue().path("rule").asText(rule.getKey()),
                                    Cause.valueOf(rule.getValue().path("cause").asText()),
                                    where,
                                    entry)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return entry.path("text").asText();
    }

    String source() {
        return entry.path("source").asText();
    }

    /** Empty where nothing of it is a failure. */
    Optional<Diagnosis> diagnosis() {
        return asCase().evidence().map(Rules::diagnose);
    }

    private CauseCase asCase() {
        var log = switch (where) {
            case LOG -> text();
            case START, PULL, PROBE, POD -> entry.path("log").asText();
        };
        return new CauseCase(
                FOLDER,
                cause,
                Optional.empty(),
                "",
                "",
                pod(),
                log.lines().toList(),
                events(),
                Set.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private List<ObservedEvent> events() {
        return switch (where) {
            case LOG, POD -> List.of();
            case START -> List.of(event("Failed", text()));
            case PULL -> List.of(event("Failed", text()), event("Failed", "Error: ErrImagePull"));
            case PROBE ->
                List.of(
                        event("Unhealthy", text()),
                        event("Killing", "Container app failed liveness probe, will be restarted"));
        };
    }

    private static ObservedEvent event(String reason, String message) {
        return new ObservedEvent(reason, message, "", Optional.empty());
    }

    private JsonNode pod() {
        var pod = KubernetesJson.parse("""
            apiVersion: v1
            kind: Pod
            metadata: {name: app-1, namespace: shop, uid: 11111111-2222-4333-8444-555555555555}
            spec:
              nodeName: node-1
              containers:
              - {name: app, image: "registry.example.com/shop/app:1.4.2"}
            status: {phase: Running, startTime: "2026-11-23T11:00:00Z"}
            """, ObjectNode.class);
        ((ObjectNode) pod.path("status")).setAll((ObjectNode) status());
        var container = (ObjectNode) pod.at("/spec/containers/0");
        if (where == Where.PROBE) {
            container.setAll((ObjectNode) yaml("""
                livenessProbe: {httpGet: {path: /healthz, port: 8080}, periodSeconds: 10, failureThreshold: 3}
                ports: [{containerPort: 8080}]
                """));
        }
        if (entry.path("container") instanceof ObjectNode more) {
            container.setAll(more);
        }
        if (entry.path("spec") instanceof ObjectNode more) {
            ((ObjectNode) pod.path("spec")).setAll(more);
        }
        return pod;
    }

    private JsonNode status() {
        return switch (where) {
            case LOG -> containerStatus(waiting("CrashLoopBackOff", "back-off"), terminated(1, "Error"));
            case START -> containerStatus(waiting(entry.path("reason").asText("CreateContainerError"), text()), "{}");
            case PULL -> containerStatus(waiting("ErrImagePull", text()), "{}");
            case PROBE ->
                containerStatus(
                        waiting("CrashLoopBackOff", "back-off"),
                        terminated(entry.path("exitCode").asInt(143), "Error"));
            case POD -> entry.path("status");
        };
    }

    private static JsonNode containerStatus(String state, String lastState) {
        return yaml("""
            containerStatuses:
            - {name: app, image: "registry.example.com/shop/app:1.4.2", restartCount: 5, ready: false, state: %s, lastState: %s}
            """.formatted(state, lastState));
    }

    private static String waiting(String reason, String message) {
        return "{waiting: {reason: %s, message: %s}}".formatted(reason, KubernetesJson.json(message));
    }

    private static String terminated(int exitCode, String reason) {
        return "{terminated: {exitCode: %d, reason: %s, startedAt: \"2026-11-23T11:58:50Z\", finishedAt: \"2026-11-23T11:59:30Z\"}}"
                .formatted(exitCode, reason);
    }

    private static JsonNode yaml(String text) {
        return KubernetesJson.parse(text, JsonNode.class);
    }

    @Override
    public String toString() {
        var text = where == Where.POD ? entry.path("status").toString() : text();
        return rule + ": " + text.lines().findFirst().orElse("");
    }
}
