package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.redaction.Legible;
import dev.kubesent.redaction.Masking;
import io.fabric8.kubernetes.api.model.Pod;

/** The pod as a person may see it: no managedFields, no copy of itself in an annotation, no secret values. */
final class PodYaml {

    private PodYaml() {}

    static String of(Pod pod) {
        JsonNode shown = KubernetesJson.tree(pod).deepCopy();
        if (shown.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        if (shown.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
        }
        return Legible.block(KubernetesJson.yaml(Masking.STARS.tree(shown)));
    }
}
