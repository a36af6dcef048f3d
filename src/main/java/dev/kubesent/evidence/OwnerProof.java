package dev.kubesent.evidence;

import dev.kubesent.cluster.Doubt;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.MadeFrom;
import dev.kubesent.cluster.MadeFrom.Difference;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Selector;
import dev.kubesent.cluster.StatefulOrdinal;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.revision.KeptRevision;
import dev.kubesent.evidence.run.JobFacts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether an object is as the controller that it names makes its objects (kubernetes, pkg/controller; Knative, pkg/reconciler). Pure. Which template
 * a pod of an older revision is of has to be read: {@link OwnerReader}.
 */
final class OwnerProof {

    private static final String JOB_UID = "batch.kubernetes.io/controller-uid";
    private static final String REVISION = "serving.knative.dev/revision";
    private static final String CONFIGURATION = "serving.knative.dev/configuration";

    private OwnerProof() {}

    /** Which kinds control objects of this one. */
    static Set<WorkloadKind> controllersOf(WorkloadKind owned) {
        return switch (owned) {
            case POD ->
                EnumSet.of(
                        WorkloadKind.REPLICA_SET,
                        WorkloadKind.REPLICATION_CONTROLLER,
                        WorkloadKind.STATEFUL_SET,
                        WorkloadKind.DAEMON_SET,
                        WorkloadKind.JOB);
            case REPLICA_SET -> EnumSet.of(WorkloadKind.DEPLOYMENT);
            case JOB -> EnumSet.of(WorkloadKind.CRON_JOB);
            case DEPLOYMENT -> EnumSet.of(WorkloadKind.KNATIVE_REVISION);
            case KNATIVE_REVISION -> EnumSet.of(WorkloadKind.KNATIVE_CONFIGURATION);
            case KNATIVE_CONFIGURATION -> EnumSet.of(WorkloadKind.KNATIVE_SERVICE);
            case STATEFUL_SET, DAEMON_SET, REPLICATION_CONTROLLER, CRON_JOB, KNATIVE_SERVICE ->
                EnumSet.noneOf(WorkloadKind.class);
        };
    }

    /** All but the template of a pod. @param owner of a kind that {@link #controllersOf} names */
    static Optional<Difference> whyNot(HasMetadata owned, WorkloadKind kind, GenericKubernetesResource owner) {
        var name = ObjectRef.of(owner).display();
        return switch (kind) {
            case REPLICA_SET, REPLICATION_CONTROLLER -> selected(owned, owner);
            case STATEFUL_SET ->
                selected(owned, owner)
                        .or(() -> unless(
                                isOrdinal(owned, owner),
                                Doubt.NAME,
                                name + " does not name a pod like this: it is not one of its ordinals"));
            case DAEMON_SET ->
                selected(owned, owner)
                        .or(() -> unless(isForANode(owned), Doubt.NODE, name + " makes its pods for one node each"));
            case JOB -> job(owned, owner, name);
            case DEPLOYMENT -> replicaSet(owned, owner, name);
            case CRON_JOB -> MadeFrom.ofRun(owned, owner, name);
            case KNATIVE_REVISION ->
                named(owned, KnativeNames.deployment(owner.getMetadata().getName()), name)
                        .or(() -> labelled(owned, REVISION, owner, name));
            case KNATIVE_CONFIGURATION -> labelled(owned, CONFIGURATION, owner, name);
            case KNATIVE_SERVICE -> named(owned, owner.getMetadata().getName(), name);
            case POD -> Optional.of(new Difference(Doubt.KIND, "a pod controls nothing"));
        };
    }

    /** A Deployment's ReplicaSet bears the hash of its template in name, label and selector (deployment/sync.go). */
    private static Optional<Difference> replicaSet(
            HasMetadata owned, GenericKubernetesResource deployment, String name) {
        var hash = Selector.labels(owned).getOrDefault(KeptRevision.TEMPLATE_HASH, "");
        return named(owned, KeptRevision.name(deployment, hash, KeptRevision.LONGEST_NAME - hash.length() - 1), name)
                .or(() -> unless(
                        !hash.isEmpty() && Selector.of(owned).asksFor(KeptRevision.TEMPLATE_HASH, hash),
                        Doubt.LABELS,
                        "its pod-template-hash is not in its selector"))
                .or(() -> selected(owned, deployment));
    }

    /** The Job controller labels its pods with the Job's name and uid; the API server makes a selector of the uid, unless another was asked for. */
    private static Optional<Difference> job(HasMetadata owned, GenericKubernetesResource job, String name) {
        var labels = Selector.labels(owned);
        var uid = Stream.of(JOB_UID, "controller-uid")
                .flatMap(key -> Stream.ofNullable(labels.get(key)))
                .findFirst();
        var jobName = Stream.of(JobFacts.JOB_NAME, "job-name")
                .flatMap(key -> Stream.ofNullable(labels.get(key)))
                .findFirst();
        return unless(
                        uid.filter(job.getMetadata().getUid()::equals).isPresent()
                                && jobName.filter(job.getMetadata().getName()::equals)
                                        .isPresent(),
                        Doubt.LABELS,
                        name + " puts its name and uid into the labels of its pods")
                .or(() -> selected(owned, job));
    }

    private static Optional<Difference> selected(HasMetadata owned, GenericKubernetesResource owner) {
        return unless(
                Selector.of(owner).matches(Selector.labels(owned)),
                Doubt.SELECTOR,
                "the selector of " + ObjectRef.of(owner).display() + " does not select it");
    }

    private static Optional<Difference> named(HasMetadata owned, String wanted, String owner) {
        return unless(
                wanted.equals(owned.getMetadata().getName()), Doubt.NAME, owner + " would have named it " + wanted);
    }

    private static Optional<Difference> labelled(
            HasMetadata owned, String label, GenericKubernetesResource owner, String name) {
        return unless(
                owner.getMetadata().getName().equals(Selector.labels(owned).get(label)),
                Doubt.LABELS,
                "its label " + label + " does not name " + name);
    }

    private static Optional<Difference> unless(boolean holds, Doubt doubt, String detail) {
        return holds ? Optional.empty() : Optional.of(new Difference(doubt, detail));
    }

    /** {@code <set>-<ordinal>}, from spec.ordinals.start on, as many as there are replicas (statefulset/stateful_set_utils.go). */
    private static boolean isOrdinal(HasMetadata pod, GenericKubernetesResource set) {
        var ordinal = StatefulOrdinal.of(pod.getMetadata().getName());
        var start = number(set, 0, "spec", "ordinals", "start");
        var replicas = number(set, 1, "spec", "replicas");
        return ordinal.isPresent()
                && pod.getMetadata().getName().equals(set.getMetadata().getName() + "-" + ordinal.getAsInt())
                && ordinal.getAsInt() >= start
                && ordinal.getAsInt() - start < Math.max(1, replicas);
    }

    private static int number(GenericKubernetesResource object, int otherwise, Object... path) {
        return object.<Object>get(path) instanceof Number number ? number.intValue() : otherwise;
    }

    /** By its controller: before the scheduler has bound it, as an affinity to the node's name. */
    private static boolean isForANode(HasMetadata owned) {
        var spec = KubernetesJson.as(KubernetesJson.tree(owned), Pod.class).getSpec();
        if (spec.getNodeName() != null) {
            return true;
        }
        return spec.getAffinity() != null
                && spec.getAffinity().getNodeAffinity() != null
                && spec.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() != null
                && spec
                        .getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms()
                        .stream()
                        .allMatch(OwnerProof::namesANode);
    }

    private static boolean namesANode(NodeSelectorTerm term) {
        return term.getMatchFields().stream().anyMatch(field -> "metadata.name".equals(field.getKey()));
    }
}
