package dev.kubesent.remedy.pod;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.PodEviction;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.remedy.engine.Checkpoint;
import dev.kubesent.remedy.engine.Glimpses;
import dev.kubesent.remedy.engine.LivePod;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Progress;
import dev.kubesent.remedy.engine.Remedy;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import dev.kubesent.remedy.engine.WorkloadPods;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Evicts one failing pod, whose controller makes another. What it was cannot be brought back, and need not be: its siblings live. */
public final class EvictPod implements Remedy<PodEviction> {

    private static final String EVICTING = "evicting";

    private static final Set<Cause> OF_FILES =
            EnumSet.of(Cause.DISK_FULL, Cause.LOCK_HELD, Cause.FILE_MISSING, Cause.FILE_FORBIDDEN);

    private final ClusterReader reader;
    private final ClusterWriter writer;

    public EvictPod(ClusterReader reader, ClusterWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var top = evidence.owners().present().flatMap(OwnerChain::knownTop);
        var own = evidence.around().rollout().present().flatMap(RolloutFacts::own);
        if (top.isEmpty() || own.isEmpty()) {
            return Plan.nothing(
                    RefusalReason.NO_REMEDY_FITS,
                    "only a pod of the newest revision of a Deployment, StatefulSet or DaemonSet is evicted");
        }
        var why = comesBackAlike(top.get(), diagnosis.cause());
        if (why.isPresent()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, why.get());
        }
        var failure = evidence.failure();
        return new Plan.Planned(new PodEviction(
                ObjectRef.of(evidence.pod()),
                ObjectRef.of(top.get().object()),
                failure.kind(),
                failure.subject().container(),
                own.get().ref()));
    }

    /** On the same node, or with the same claim: what lies there it meets again. */
    private static Optional<String> comesBackAlike(OwnerChain.Known top, Cause cause) {
        if (top.kind() == WorkloadKind.DAEMON_SET) {
            return Optional.of("the pods of " + top.ref().display() + " come back on the same node");
        }
        var hasClaims =
                top.object().<Object>get("spec", "volumeClaimTemplates") instanceof List<?> claims && !claims.isEmpty();
        return hasClaims && OF_FILES.contains(cause)
                ? Optional.of("the pods of " + top.ref().display() + " come back with the same claim")
                : Optional.empty();
    }

    /** One that is gone, and not by us, was somebody else's to delete. */
    @Override
    public Progress progress(PodEviction change, String step) {
        if (isStillThere(change.target())) {
            return Progress.UNTOUCHED;
        }
        return step.equals(EVICTING) ? Progress.UNDERWAY : Progress.OVERTAKEN;
    }

    private boolean isStillThere(ObjectRef pod) {
        return reader.get(Pod.class, pod.namespace(), pod.name())
                .filter(live -> pod.uid().equals(live.getMetadata().getUid()))
                .filter(live -> !LivePod.isTerminating(live))
                .isPresent();
    }

    @Override
    public Outcome apply(PodEviction change, Checkpoint checkpoint) {
        if (isStillThere(change.target())) {
            checkpoint.reached(EVICTING);
            try {
                writer.evict(change.target());
            } catch (ClusterException e) {
                return Outcome.refused(e);
            }
        }
        return new Outcome.Applied(
                "%s was evicted; %s makes another"
                        .formatted(change.target().display(), change.workload().display()),
                "the API server accepted the eviction, so its PodDisruptionBudget allows it");
    }

    @Override
    public Survival verify(PodEviction made, Watch watch) {
        return reader.get(made.workload())
                .map(live -> judge(live, made, watch))
                .orElseGet(() -> new Survival.Gone(made.workload().display() + " is gone"));
    }

    /** Whether another pod lives where this one did not. What else fails of that revision is not this act's, and nothing is to be taken back. */
    private Survival judge(GenericKubernetesResource workload, PodEviction made, Watch watch) {
        var all = WorkloadPods.of(reader, workload);
        if (all.wanted() == 0) {
            return new Survival.Dormant("it is scaled to zero");
        }
        var pods = all.glimpses(made.revision(), watch);
        if (pods.areNone()) {
            return new Survival.Overtaken(
                    "no pod of %s is left".formatted(made.revision().display()));
        }
        var told = pods.told(all.wanted());
        return pods.areAllAlive(all.wanted()) ? new Survival.Alive(told) : judge(pods, told, watch);
    }

    private static Survival judge(Glimpses pods, String told, Watch watch) {
        if (pods.isAnySuccessorAlive()) {
            return new Survival.AliveInPart("another pod is healthy; " + told);
        }
        if (!watch.isOver()) {
            return new Survival.Watching(told);
        }
        return pods.haveSuccessors()
                ? new Survival.Unfinished("another pod is not healthy either; " + told)
                : new Survival.Overtaken("no replacement pod is there; " + told);
    }

    /** Never: the incident tells what became of it. */
    @Override
    public Plan revert(PodEviction last, List<Change> made) {
        return Plan.nothing(RefusalReason.NO_REMEDY_FITS, last.target().display() + " is gone for good");
    }

    @Override
    public Undone undone(PodEviction last, List<Change> made) {
        return Undone.GONE;
    }
}
