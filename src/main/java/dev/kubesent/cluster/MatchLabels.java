package dev.kubesent.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.stream.Collectors;

/** The plain half of a workload's selector: it narrows a list down, and an owner reference decides. */
public final class MatchLabels {

    private MatchLabels() {}

    /** A selector may have no {@code matchLabels} at all; a ReplicationController's is the labels themselves. */
    public static Map<String, String> of(GenericKubernetesResource workload) {
        return workload.<Object>get("spec", "selector", "matchLabels") instanceof Map<?, ?> labels
                ? labels.entrySet().stream()
                        .collect(Collectors.toMap(e -> String.valueOf(e.getKey()), e -> String.valueOf(e.getValue())))
                : Map.of();
    }
}
