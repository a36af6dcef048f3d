package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.MatchLabels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A revision of a Deployment, StatefulSet or DaemonSet, as its controller keeps it.
 *
 * @param object the ReplicaSet or ControllerRevision
 * @param hash the value of the label by which its pods are known
 * @param template as it once stood in the workload, without what the controller added to it
 */
public record KeptRevision(HasMetadata object, String hash, long number, JsonNode template) {

    static final String TEMPLATE_HASH = "pod-template-hash";
    static final String REVISION_HASH = "controller-revision-hash";

    private static final String REVISION = "deployment.kubernetes.io/revision";

    public String name() {
        return object.getMetadata().getName();
    }

    /** @return nothing for a workload without labels to select by: it would be those of the whole namespace, each with a template */
    public static List<KeptRevision> all(ClusterReader cluster, GenericKubernetesResource workload) {
        var labels = MatchLabels.of(workload);
        if (labels.isEmpty()) {
            return List.of();
        }
        var namespace = workload.getMetadata().getNamespace();
        var kept = "Deployment".equals(workload.getKind())
                ? cluster.list(ReplicaSet.class, namespace, labels).stream().map(KeptRevision::of)
                : cluster.list(ControllerRevision.class, namespace, labels).stream()
                        .map(KeptRevision::of);
        return kept.filter(revision -> revision.isOf(workload)).toList();
    }

    /** @return empty where this workload does not keep it any more */
    public static Optional<KeptRevision> named(ClusterReader cluster, GenericKubernetesResource workload, String name) {
        var namespace = workload.getMetadata().getNamespace();
        var kept = "Deployment".equals(workload.getKind())
                ? cluster.get(ReplicaSet.class, namespace, name).map(KeptRevision::of)
                : cluster.get(ControllerRevision.class, namespace, name).map(KeptRevision::of);
        return kept.filter(revision -> revision.isOf(workload));
    }

    private boolean isOf(GenericKubernetesResource workload) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(workload.getMetadata().getUid()));
    }

    private static KeptRevision of(ReplicaSet replicaSet) {
        var annotations = replicaSet.getMetadata().getAnnotations();
        var revision = Optional.ofNullable(annotations == null ? null : annotations.get(REVISION))
                .filter(text -> text.matches("\\d{1,18}"));
        var template = KubernetesJson.tree(replicaSet).at("/spec/template").deepCopy();
        if (template.at("/metadata/labels") instanceof ObjectNode labels) {
            labels.remove(TEMPLATE_HASH);
        }
        return new KeptRevision(
                replicaSet,
                label(replicaSet, TEMPLATE_HASH),
                revision.map(Long::parseLong).orElse(0L),
                template);
    }

    /** Its data is the patch that would bring the workload back to it. */
    private static KeptRevision of(ControllerRevision revision) {
        var template = KubernetesJson.tree(revision).at("/data/spec/template").deepCopy();
        if (template instanceof ObjectNode fields) {
            fields.remove("$patch"); // of a strategic merge patch: what follows is the whole of it
        }
        return new KeptRevision(revision, hash(revision), revision.getRevision(), template);
    }

    /** Pods of a StatefulSet bear the revision's whole name, those of a DaemonSet its hash, which the revision itself bears too. */
    private static String hash(ControllerRevision revision) {
        var isDaemon = revision.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> "DaemonSet".equals(owner.getKind()));
        return isDaemon
                ? label(revision, REVISION_HASH)
                : revision.getMetadata().getName();
    }

    static String label(HasMetadata object, String label) {
        var labels = object.getMetadata().getLabels();
        return labels == null ? "" : Objects.requireNonNullElse(labels.get(label), "");
    }
}
