package dev.kubesent.diagnosis.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a pod template names and does not bring along: Secrets, ConfigMaps, claims, paths of the node. */
final class References {

    /** By the field that holds them, and the field of the name in it (core/v1). */
    private static final List<List<String>> NAMES = List.of(
            List.of("secretKeyRef", "name"),
            List.of("configMapKeyRef", "name"),
            List.of("secretRef", "name"),
            List.of("configMapRef", "name"),
            List.of("secret", "secretName"),
            List.of("secret", "name"),
            List.of("configMap", "name"),
            List.of("persistentVolumeClaim", "claimName"),
            List.of("hostPath", "path"));

    /** Of a key in them, too. */
    private static final List<String> KEYS = List.of("secretKeyRef", "configMapKeyRef");

    private References() {}

    static Set<String> of(JsonNode template) {
        var names = new HashSet<String>();
        for (var name : NAMES) {
            template.findValues(name.getFirst()).stream()
                    .map(reference -> reference.path(name.getLast()).asText())
                    .filter(text -> !text.isEmpty())
                    .forEach(names::add);
        }
        for (var key : KEYS) {
            template.findValues(key).stream()
                    .map(reference -> reference.path("name").asText() + "/"
                            + reference.path("key").asText())
                    .forEach(names::add);
        }
        return names;
    }
}
