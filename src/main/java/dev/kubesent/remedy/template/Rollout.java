package dev.kubesent.remedy.template;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Plan;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.StatefulOrdinal;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.revision.LatestTraffic;
import dev.kubesent.failure.Failures;
import dev.kubesent.failure.Termination;
import dev.kubesent.remedy.engine.WorkloadPods;
import dev.kubesent.remedy.knative.NextRevision;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** How a changed template reaches the pods, which differs by kind and strategy. */
public sealed interface Rollout {

    /** The failing pods that have to be deleted for it. */
    List<ObjectRef> stuckPods(Evidence evidence, ClusterReader reader);

    /** The controller replaces the pods itself. */
    record ByController() implements Rollout {
        @Override
        public List<ObjectRef> stuckPods(Evidence evidence, ClusterReader reader) {
            return List.of();
        }
    }

    /** The user has chosen to delete the pods himself (OnDelete), so nothing of that is ours. */
    record ByHand() implements Rollout {
        @Override
        public List<ObjectRef> stuckPods(Evidence evidence, ClusterReader reader) {
            return List.of();
        }
    }

    /** The controller makes new pods from the template and leaves the old ones. */
    record ByReplacing(OwnerChain.Known owner) implements Rollout {
        @Override
        public List<ObjectRef> stuckPods(Evidence evidence, ClusterReader reader) {
            var own = ObjectRef.of(evidence.pod());
            if (owner.kind() == WorkloadKind.STATEFUL_SET) {
                return List.of(
                        own); // the rollout goes on with the others, within its partition, once this one is ready
            }
            var others = WorkloadPods.of(reader, owner.object())
                    .failing(pod -> !pod.getMetadata().getUid().equals(own.uid()) && failsAlike(pod, evidence));
            return Stream.concat(Stream.of(own), others.stream()).toList();
        }
    }

    /** Nothing is replaced: the next run of a CronJob is made from it. */
    record ByNextRun() implements Rollout {
        @Override
        public List<ObjectRef> stuckPods(Evidence evidence, ClusterReader reader) {
            return List.of();
        }
    }

    record Impossible(String why) implements Rollout {
        @Override
        public List<ObjectRef> stuckPods(Evidence evidence, ClusterReader reader) {
            return List.of();
        }
    }

    /** Why nothing is changed of what is replaced by hand. */
    static Plan onDelete(OwnerChain.Known workload) {
        return Plan.nothing(
                RefusalReason.NO_REMEDY_FITS,
                "pods of " + workload.ref().display() + " are replaced only when somebody deletes them (OnDelete)");
    }

    static Rollout of(OwnerChain.Known top, Evidence evidence) {
        var object = top.object();
        return switch (top.kind()) {
            case DEPLOYMENT ->
                Boolean.TRUE.equals(object.<Object>get("spec", "paused"))
                        ? new Impossible(top.ref().display() + " is paused: a new template would not be rolled out")
                        : new ByController();
            case STATEFUL_SET -> statefulSet(top, evidence);
            case DAEMON_SET -> isOnDelete(object) ? new ByHand() : new ByController();
            case REPLICA_SET, REPLICATION_CONTROLLER -> new ByReplacing(top);
            case JOB -> new Impossible("the template of a Job cannot be changed");
            case CRON_JOB -> cronJob(top, evidence);
            case KNATIVE_SERVICE -> knativeService(top, evidence);
            case KNATIVE_REVISION, KNATIVE_CONFIGURATION ->
                new Impossible(top.ref().display() + " is of a Knative Service that is not there");
            case POD -> new Impossible("a pod does not control pods");
        };
    }

    /** It keeps the pods of runs that failed, for as long as it likes: what happened since has the last word. */
    private static Rollout cronJob(OwnerChain.Known top, Evidence evidence) {
        if (Boolean.TRUE.equals(top.object().<Object>get("spec", "suspend"))) {
            return new Impossible(top.ref().display() + " is suspended: there is no next run");
        }
        var failed = evidence.failure().lastRun().flatMap(Termination::finished);
        var succeeded = Optional.ofNullable(top.object().<Object>get("status", "lastSuccessfulTime"))
                .map(time -> Instant.parse(time.toString()));
        if (succeeded.filter(end -> isAfter(end, failed)).isPresent()) {
            return new Impossible(
                    "a run of %s has succeeded since, at %s".formatted(top.ref().display(), succeeded.get()));
        }
        return evidence.history()
                .present()
                .flatMap(history -> history.raises(evidence.failure().subject().container()).stream()
                        .map(History.Act::at)
                        .filter(at -> isAfter(at, failed))
                        .findFirst())
                .<Rollout>map(at -> new Impossible("it was changed since this run was killed, at " + at))
                .orElseGet(ByNextRun::new);
    }

    private static boolean isAfter(Instant time, Optional<Instant> failed) {
        return failed.map(time::isAfter).orElse(true);
    }

    /** Its controller makes the next Revision of what the template says; that must be what fails, and what the traffic goes to. */
    private static Rollout knativeService(OwnerChain.Known top, Evidence evidence) {
        var service = KubernetesJson.as(KubernetesJson.tree(top.object()), Service.class);
        var labels = Objects.requireNonNullElse(evidence.pod().getMetadata().getLabels(), Map.<String, String>of());
        var own = labels.get(NextRevision.REVISION);
        var status = service.getStatus();
        if (own == null
                || status == null
                || !own.equals(status.getLatestCreatedRevisionName())
                || !own.equals(status.getLatestReadyRevisionName())) {
            return new Impossible(
                    "Revision " + own + " is not the latest of " + top.ref().display() + ", or never was ready");
        }
        return LatestTraffic.isAll(service)
                ? new ByController()
                : new Impossible("the traffic of " + top.ref().display() + " is held at a Revision, or split");
    }

    /** A broken pod is never replaced by the rollout itself (kubernetes/kubernetes#67250), not even with Parallel since 1.35. */
    private static Rollout statefulSet(OwnerChain.Known top, Evidence evidence) {
        if (isOnDelete(top.object())) {
            return new ByHand();
        }
        var partition = top.object().<Object>get("spec", "updateStrategy", "rollingUpdate", "partition");
        var ordinal = StatefulOrdinal.of(evidence.pod().getMetadata().getName());
        if (ordinal.isEmpty()) {
            return new Impossible("a pod of " + top.ref().display() + " has a number at the end of its name");
        }
        return partition instanceof Number p && p.intValue() > ordinal.getAsInt()
                ? new Impossible("the partition " + p + " of " + top.ref().display() + " holds this pod back")
                : new ByReplacing(top);
    }

    private static boolean isOnDelete(GenericKubernetesResource object) {
        return "OnDelete".equals(object.<Object>get("spec", "updateStrategy", "type"));
    }

    private static boolean failsAlike(Pod pod, Evidence evidence) {
        var failure = evidence.failure();
        return Failures.of(pod, evidence.takenAt()).stream()
                .anyMatch(f -> f.kind() == failure.kind()
                        && f.subject().container().equals(failure.subject().container()));
    }
}
