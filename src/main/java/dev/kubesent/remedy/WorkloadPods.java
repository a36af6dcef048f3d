package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.MatchLabels;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.gate.RevisionRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The pods of one workload, by their owner references: labels only narrow the list down. */
record WorkloadPods(ClusterReader reader, GenericKubernetesResource workload) {

    /** By which a controller knows the pods of one revision: a Deployment; StatefulSet and DaemonSet. */
    private static final List<String> REVISION_LABELS = List.of("pod-template-hash", "controller-revision-hash");

    /** Those that have this limit, and are not on their way out. */
    List<Pod> with(String container, Memory limit) {
        return all().stream()
                .filter(pod -> ContainerResources.inPod(pod, container)
                        .flatMap(ContainerResources::limit)
                        .filter(limit::equals)
                        .isPresent())
                .toList();
    }

    /** Those of one revision. */
    List<Pod> of(RevisionRef revision) {
        return all().stream().filter(pod -> isOf(pod, revision)).toList();
    }

    static boolean isOf(Pod pod, RevisionRef revision) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        return REVISION_LABELS.stream().anyMatch(label -> revision.hash().equals(labels.get(label)));
    }

    /** All that are not on their way out. */
    List<Pod> all() {
        var meta = workload.getMetadata();
        var owners = new HashMap<String, Boolean>();
        owners.put(meta.getUid(), true);
        return reader.list(Pod.class, meta.getNamespace(), MatchLabels.of(workload)).stream()
                .filter(pod -> !Remedies.isTerminating(pod))
                .filter(pod -> controllerOf(pod.getMetadata().getOwnerReferences())
                        .map(owner ->
                                owners.computeIfAbsent(owner.getUid(), _ -> isControlled(owner, meta.getNamespace())))
                        .orElse(false))
                .toList();
    }

    /** How many pods the workload is meant to have with its newest template. */
    long wanted() {
        return switch (WorkloadKind.of(ObjectRef.of(workload)).orElseThrow()) {
            case DEPLOYMENT -> number("spec", "replicas").orElse(1);
            case STATEFUL_SET ->
                Math.max(
                        0,
                        number("spec", "replicas").orElse(1)
                                - number("spec", "updateStrategy", "rollingUpdate", "partition")
                                        .orElse(0));
            case DAEMON_SET -> number("status", "desiredNumberScheduled").orElse(1);
            // Only the pods that were stuck are replaced; the others stay as they are.
            case REPLICA_SET, REPLICATION_CONTROLLER ->
                Math.min(1, number("spec", "replicas").orElse(1));
            case POD, JOB, CRON_JOB, KNATIVE_REVISION, KNATIVE_CONFIGURATION, KNATIVE_SERVICE -> 1;
        };
    }

    /** Whether its pods are replaced only when somebody deletes them. */
    boolean isOnDelete() {
        return "OnDelete".equals(workload.<Object>get("spec", "updateStrategy", "type"));
    }

    /** A Deployment's pods are its ReplicaSets'. */
    private boolean isControlled(OwnerReference owner, String namespace) {
        return reader.get(ObjectRef.of(owner, namespace))
                .flatMap(object -> controllerOf(object.getMetadata().getOwnerReferences()))
                .filter(top -> top.getUid().equals(workload.getMetadata().getUid()))
                .isPresent();
    }

    private static Optional<OwnerReference> controllerOf(List<OwnerReference> owners) {
        return owners.stream()
                .filter(o -> Boolean.TRUE.equals(o.getController()))
                .findFirst();
    }

    private Optional<Integer> number(Object... path) {
        return workload.<Object>get(path) instanceof Number n ? Optional.of(n.intValue()) : Optional.empty();
    }
}
