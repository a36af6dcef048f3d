package dev.kubesent.evidence.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.MatchLabels;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Selector;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A revision of a Deployment, StatefulSet or DaemonSet, as its controller keeps it.
 *
 * @param object the ReplicaSet or ControllerRevision
 * @param hash the value of the label by which its pods are known
 * @param template as it once stood in the workload, without what the controller added to it
 */
public record KeptRevision(HasMetadata object, String hash, long number, JsonNode template) {

    public static final String TEMPLATE_HASH = "pod-template-hash";
    public static final String REVISION_HASH = "controller-revision-hash";

    /** Of any object; the names of revisions are cut to it. */
    public static final int LONGEST_NAME = 253;

    /** Of the name of a StatefulSet or DaemonSet, in that of a revision (pkg/controller/history). */
    private static final int LONGEST_PREFIX = 223;

    private static final String REVISION = "deployment.kubernetes.io/revision";

    /** The same of Argo Rollouts, which keeps ReplicaSets as a Deployment does (argo-rollouts, utils/annotations). */
    private static final String ROLLOUT_REVISION = "rollout.argoproj.io/revision";

    /** The numbers that a ReplicaSet had before it was gone back to. */
    private static final String EARLIER_NUMBERS = "deployment.kubernetes.io/revision-history";

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
        var own = kept.filter(revision -> revision.isOf(workload)).toList();
        return own.stream()
                .filter(one -> own.stream().noneMatch(one::isImpossibleBeside))
                .toList();
    }

    /** @return empty where this workload does not keep it any more */
    public static Optional<KeptRevision> named(ClusterReader cluster, GenericKubernetesResource workload, String name) {
        return all(cluster, workload).stream()
                .filter(kept -> kept.name().equals(name))
                .findFirst();
    }

    /**
     * Whether it is as the workload's controller makes it: anybody who may create ReplicaSets can write an owner into one. What cannot be asked is
     * whether the hash is that of the template: it is of a dump of Go's structures (pkg/util/hash).
     */
    private boolean isOf(GenericKubernetesResource workload) {
        return object.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> Boolean.TRUE.equals(owner.getController())
                                && owner.getKind().equals(workload.getKind())
                                && owner.getUid().equals(workload.getMetadata().getUid()))
                && isNamedFor(workload)
                && isWithinHistory(workload)
                && Selector.of(workload).matches(labels(template));
    }

    private boolean isNamedFor(GenericKubernetesResource workload) {
        if (object instanceof ReplicaSet) {
            return !hash.isEmpty()
                    && name().equals(name(workload, hash, LONGEST_NAME - hash.length() - 1))
                    && Selector.of(object).asksFor(TEMPLATE_HASH, hash)
                    && Selector.of(object).isOtherWith(TEMPLATE_HASH, Selector.of(workload));
        }
        return name().startsWith(name(workload, "", LONGEST_PREFIX));
    }

    /** @param longest characters that the workload's name may have in it */
    public static String name(HasMetadata workload, String hash, int longest) {
        var name = workload.getMetadata().getName();
        return name.substring(0, Math.min(name.length(), longest)) + "-" + hash;
    }

    /** A Deployment bears the number of its newest revision. */
    private boolean isWithinHistory(GenericKubernetesResource workload) {
        return !(object instanceof ReplicaSet) || (number > 0 && number <= newest(workload));
    }

    private static long newest(GenericKubernetesResource deployment) {
        var newest = number(deployment);
        return newest == 0 ? Long.MAX_VALUE : newest; // its controller has not written it yet
    }

    /**
     * A Deployment's controller gives each ReplicaSet that it makes a number above all others. One with a lower number than one that was made before
     * it, and never gone back to, was made by somebody else; so was the later of two with the same number.
     */
    private boolean isImpossibleBeside(KeptRevision other) {
        if (other.equals(this) || !(object instanceof ReplicaSet) || !other.isMadeBefore(this)) {
            return false;
        }
        return number == other.number || (number < other.number && !other.wasGoneBackTo());
    }

    private boolean isMadeBefore(KeptRevision other) {
        return made().flatMap(mine -> other.made().map(mine::isBefore)).orElse(false);
    }

    private Optional<Instant> made() {
        return Optional.ofNullable(object.getMetadata().getCreationTimestamp()).map(Instant::parse);
    }

    private boolean wasGoneBackTo() {
        var annotations = object.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(EARLIER_NUMBERS);
    }

    private static Map<String, String> labels(JsonNode template) {
        return template.at("/metadata/labels").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> label.getValue().asText()));
    }

    /** By its Deployment's controller, of the Deployment itself the newest; 0 where it has written none. */
    public static long number(HasMetadata object) {
        return number(object, REVISION);
    }

    /** Whether it numbers its ReplicaSets. */
    public static boolean isCountedBy(ObjectRef workload) {
        return annotation(workload).isPresent();
    }

    /** By the controller of this workload, and of the workload itself the newest; 0 where it has written none. */
    public static long number(HasMetadata object, HasMetadata workload) {
        return annotation(ObjectRef.of(workload))
                .map(annotation -> number(object, annotation))
                .orElse(0L);
    }

    private static Optional<String> annotation(ObjectRef workload) {
        return switch (workload.apiVersion() + " " + workload.kind()) {
            case "apps/v1 Deployment" -> Optional.of(REVISION);
            case "argoproj.io/v1alpha1 Rollout" -> Optional.of(ROLLOUT_REVISION);
            default -> Optional.empty();
        };
    }

    private static long number(HasMetadata object, String annotation) {
        var annotations = object.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations == null ? null : annotations.get(annotation))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static KeptRevision of(ReplicaSet replicaSet) {
        var template = KubernetesJson.tree(replicaSet).at("/spec/template").deepCopy();
        if (template.at("/metadata/labels") instanceof ObjectNode labels) {
            labels.remove(TEMPLATE_HASH);
        }
        return new KeptRevision(replicaSet, label(replicaSet, TEMPLATE_HASH), number(replicaSet), template);
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

    public static String label(HasMetadata object, String label) {
        var labels = object.getMetadata().getLabels();
        return labels == null ? "" : Objects.requireNonNullElse(labels.get(label), "");
    }
}
