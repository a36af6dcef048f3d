package dev.kubesent.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.Kubectl;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The objects of some YAML, by kind and name. */
record Manifests(Map<String, ObjectNode> objects) {

    /** What kubectl makes of a folder of knative/; needs no cluster. */
    static Manifests of(String kustomization) throws Exception {
        var result = Kubectl.withoutCluster().run("kustomize", kustomization);
        if (result.code() != 0) {
            throw new IllegalStateException(result.output());
        }
        return parse(result.output());
    }

    static Manifests parse(String yaml) {
        var objects = new LinkedHashMap<String, ObjectNode>();
        Arrays.stream(yaml.split("(?m)^---$"))
                .filter(document -> document.contains("kind:"))
                .map(document -> KubernetesJson.parse(document, ObjectNode.class))
                .forEach(object -> {
                    if (objects.put(key(object), object) != null) {
                        throw new IllegalStateException("twice: " + key(object));
                    }
                });
        return new Manifests(objects);
    }

    /** Those that only this one has. */
    Manifests without(Manifests other) {
        var rest = new LinkedHashMap<>(objects);
        rest.keySet().removeAll(other.objects.keySet());
        return new Manifests(rest);
    }

    /** As {@code apps/v1 Deployment kubesent/kubesent}. */
    private static String key(JsonNode object) {
        return "%s %s %s/%s"
                .formatted(
                        object.path("apiVersion").asText(),
                        object.path("kind").asText(),
                        object.at("/metadata/namespace").asText(),
                        object.at("/metadata/name").asText());
    }
}
