package dev.kubesent.function.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who sends traces and metrics over OTLP, by OpenTelemetry's names (semantic conventions, "Kubernetes"). OTEL_RESOURCE_ATTRIBUTES adds others, and wins. */
public final class ResourceAttributes {

    private static final String PROPERTY = "management.opentelemetry.resource-attributes.";

    private ResourceAttributes() {}

    /** As properties of Spring Boot's. @param namespace that this process runs in @param pod empty outside of a cluster */
    public static Map<String, Object> properties(String namespace, Optional<String> pod) {
        var properties = new HashMap<String, Object>();
        properties.put(PROPERTY + "service.name", "kubesent");
        pod.ifPresent(name -> {
            properties.put(PROPERTY + "k8s.namespace.name", namespace);
            properties.put(PROPERTY + "k8s.pod.name", name);
            properties.put(PROPERTY + "service.instance.id", name);
        });
        return properties;
    }
}
