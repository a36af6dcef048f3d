package dev.kubesent.cluster.rights;

import static dev.kubesent.cluster.rights.PodRights.each;
import static dev.kubesent.cluster.rights.PodRights.name;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a volume of a pod reaches, and what a container that mounts it has of that. */
public final class VolumeRights {

    static final Set<String> HARMLESS = Set.of("emptyDir", "configMap", "downwardAPI", "ephemeral");

    /** The kubelet mounts them to be read, whatever is said. */
    private static final Set<String> READ_ONLY = Set.of("secret", "projected", "image");

    private final Set<String> rights = new LinkedHashSet<>();

    private VolumeRights() {}

    /** Of the pod that has this volume. */
    static Set<String> of(JsonNode volume) {
        var found = new VolumeRights();
        volume.properties().stream()
                .filter(source -> !source.getKey().equals("name"))
                .filter(source -> !HARMLESS.contains(source.getKey()))
                .forEach(source -> found.source(source.getKey(), source.getValue()));
        return found.rights;
    }

    /** Of the container that has this mount. @param spec of its pod */
    static Set<String> ofMount(JsonNode mount, JsonNode spec) {
        var volume = each(spec.path("volumes"))
                .filter(one -> name(one).equals(name(mount)))
                .findFirst();
        // A StatefulSet's volumeClaimTemplates are no volumes of its template.
        var reached = volume.map(VolumeRights::of).orElseGet(() -> Set.of("volume " + name(mount)));
        var mounted = new LinkedHashSet<String>();
        for (var one : reached) {
            mounted.add("mounts " + one);
            if (mayWrite(mount, volume)) {
                mounted.add("may write to " + one);
            }
        }
        return mounted;
    }

    private static boolean mayWrite(JsonNode mount, Optional<JsonNode> volume) {
        return !mount.path("readOnly").asBoolean()
                && volume.stream()
                        .flatMap(one -> one.properties().stream())
                        .noneMatch(source -> READ_ONLY.contains(source.getKey())
                                || source.getValue().path("readOnly").asBoolean());
    }

    private void source(String kind, JsonNode source) {
        switch (kind) {
            case "secret" -> rights.add("Secret " + source.path("secretName").asText());
            case "hostPath" -> rights.add("hostPath " + source.path("path").asText());
            case "persistentVolumeClaim" ->
                rights.add("PersistentVolumeClaim " + source.path("claimName").asText());
            case "image" ->
                rights.add("images of "
                        + ContainerRights.home(source.path("reference").asText()));
            case "projected" -> each(source.path("sources")).forEach(this::projected);
            default -> rights.add("volume " + kind + " " + withoutReadOnly(source));
        }
    }

    /** Which is a matter of the mounts. */
    private static JsonNode withoutReadOnly(JsonNode source) {
        return source instanceof ObjectNode fields ? fields.deepCopy().without("readOnly") : source;
    }

    private void projected(JsonNode part) {
        if (part.has("secret")) {
            rights.add("Secret " + name(part.path("secret")));
        }
        if (part.has("serviceAccountToken")) {
            rights.add("a token of its ServiceAccount for \""
                    + part.at("/serviceAccountToken/audience").asText() + "\"");
        }
        if (part.has("podCertificate")) {
            rights.add("a certificate " + part.path("podCertificate"));
        }
    }
}
