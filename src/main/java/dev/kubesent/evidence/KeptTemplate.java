package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Optional;

/** The pod template that a controller keeps of a revision, without what it added to it: as it once stood in the workload. */
public final class KeptTemplate {

    static final String TEMPLATE_HASH = "pod-template-hash";

    private KeptTemplate() {}

    /** @param name of the ReplicaSet or ControllerRevision @return empty where this workload does not keep it any more */
    public static Optional<JsonNode> read(ClusterReader cluster, GenericKubernetesResource workload, String name) {
        var namespace = workload.getMetadata().getNamespace();
        return "Deployment".equals(workload.getKind())
                ? cluster.get(ReplicaSet.class, namespace, name)
                        .filter(kept -> isOf(kept, workload))
                        .map(KeptTemplate::of)
                : cluster.get(ControllerRevision.class, namespace, name)
                        .filter(kept -> isOf(kept, workload))
                        .map(KeptTemplate::of);
    }

    private static boolean isOf(HasMetadata kept, GenericKubernetesResource workload) {
        return kept.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(workload.getMetadata().getUid()));
    }

    static JsonNode of(ReplicaSet replicaSet) {
        var template = KubernetesJson.tree(replicaSet).at("/spec/template").deepCopy();
        if (template.at("/metadata/labels") instanceof ObjectNode labels) {
            labels.remove(TEMPLATE_HASH);
        }
        return template;
    }

    /** Its data is the patch that would bring the workload back to it. */
    static JsonNode of(ControllerRevision revision) {
        var template = KubernetesJson.tree(revision).at("/data/spec/template").deepCopy();
        if (template instanceof ObjectNode fields) {
            fields.remove("$patch"); // of a strategic merge patch: what follows is the whole of it
        }
        return template;
    }
}
