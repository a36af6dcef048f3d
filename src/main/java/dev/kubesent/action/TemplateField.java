package dev.kubesent.action;

import java.util.Arrays;
import java.util.Optional;

/** A field of a container that a model's patch may be about. */
public enum TemplateField {
    IMAGE("image"),
    COMMAND("command"),
    ARGS("args"),
    /** One variable of it. */
    ENV("env"),
    LIVENESS_PROBE("livenessProbe"),
    READINESS_PROBE("readinessProbe"),
    STARTUP_PROBE("startupProbe");

    private final String key;

    TemplateField(String key) {
        this.key = key;
    }

    /** As Kubernetes spells it. */
    public String key() {
        return key;
    }

    /** Empty for any other. */
    public static Optional<TemplateField> of(String key) {
        return Arrays.stream(values()).filter(field -> field.key.equals(key)).findFirst();
    }
}
