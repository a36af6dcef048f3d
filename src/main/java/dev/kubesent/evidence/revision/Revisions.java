package dev.kubesent.evidence.revision;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.MatchLabels;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which pods are a workload's, and of which of its revisions: by the uid of who controls a pod. A label alone is anybody's to write, so that a pod
 * that only bears one counts for nothing.
 *
 * @param workload its uid
 * @param label by which its controller knows the pods of a revision; empty where it makes none
 * @param replicaSets of a Deployment, which make its pods: their hash by their uid
 * @param newest hash of the one ReplicaSet that bears the Deployment's own number; empty where it is not told, or told by several
 */
public record Revisions(String workload, String label, Map<String, String> replicaSets, Optional<String> newest) {

    /** A Deployment keeps ten, unless it is told otherwise. */
    private static final int MOST = 1_000;

    public Revisions {
        replicaSets = Map.copyOf(replicaSets);
    }

    /** @throws dev.kubesent.cluster.ClusterException also where there are more ReplicaSets than can be looked through */
    public static Revisions of(ClusterReader cluster, GenericKubernetesResource workload) {
        var uid = workload.getMetadata().getUid();
        if (isKind(workload, WorkloadKind.STATEFUL_SET) || isKind(workload, WorkloadKind.DAEMON_SET)) {
            return new Revisions(uid, KeptRevision.REVISION_HASH, Map.of(), Optional.empty());
        }
        return isKind(workload, WorkloadKind.DEPLOYMENT)
                ? ofDeployment(cluster, workload)
                : new Revisions(uid, "", Map.of(), Optional.empty());
    }

    /** Of a Deployment, StatefulSet or DaemonSet. @param kept of it, as they were read */
    static Revisions of(GenericKubernetesResource workload, List<KeptRevision> kept) {
        var isDeployment = isKind(workload, WorkloadKind.DEPLOYMENT);
        return new Revisions(
                workload.getMetadata().getUid(),
                isDeployment ? KeptRevision.TEMPLATE_HASH : KeptRevision.REVISION_HASH,
                isDeployment
                        ? kept.stream()
                                .collect(Collectors.toMap(
                                        one -> one.object().getMetadata().getUid(), KeptRevision::hash))
                        : Map.of(),
                Optional.empty());
    }

    private static boolean isKind(GenericKubernetesResource workload, WorkloadKind kind) {
        return kind.kind().equals(workload.getKind());
    }

    private static Revisions ofDeployment(ClusterReader cluster, GenericKubernetesResource deployment) {
        var meta = deployment.getMetadata();
        var number = KeptRevision.number(deployment);
        var made = new HashMap<String, String>();
        var newest = new ArrayList<String>();
        var which = Selection.of(meta.getNamespace()).labelled(MatchLabels.of(deployment));
        var extent = cluster.each(ReplicaSet.class, which, Bound.of(MOST), replicaSet -> {
            if (controller(replicaSet).filter(meta.getUid()::equals).isPresent()) {
                var hash = KeptRevision.label(replicaSet, KeptRevision.TEMPLATE_HASH);
                made.put(replicaSet.getMetadata().getUid(), hash);
                if (number > 0 && number == KeptRevision.number(replicaSet)) {
                    newest.add(hash);
                }
            }
        });
        if (!extent.isWhole()) {
            throw ClusterReader.tooMany("ReplicaSet", meta.getNamespace());
        }
        return new Revisions(
                meta.getUid(),
                KeptRevision.TEMPLATE_HASH,
                made,
                newest.size() == 1 ? Optional.of(newest.getFirst()) : Optional.empty());
    }

    /** Whether a controller of this workload made the pod, of whatever revision. */
    public boolean hasMade(Pod pod) {
        return controller(pod).filter(this::makesPods).isPresent();
    }

    private boolean makesPods(String controller) {
        return isOfDeployment() ? replicaSets.containsKey(controller) : controller.equals(workload);
    }

    /** Whether it is of the revision of this hash. */
    public boolean isOf(Pod pod, String hash) {
        return hash(pod).filter(hash::equals).isPresent();
    }

    /** Of its revision; empty where it is not of this workload. */
    public Optional<String> hash(Pod pod) {
        return controller(pod)
                .filter(this::makesPods)
                .flatMap(uid -> isOfDeployment()
                        ? Optional.ofNullable(replicaSets.get(uid))
                        : Optional.of(KeptRevision.label(pod, label)));
    }

    private boolean isOfDeployment() {
        return label.equals(KeptRevision.TEMPLATE_HASH);
    }

    /** What the pods of a revision bear, for the API server to pick them out. */
    public Map<String, String> labels(String hash) {
        return label.isEmpty() ? Map.of() : Map.of(label, hash);
    }

    public static Optional<String> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getUid)
                .findFirst();
    }
}
