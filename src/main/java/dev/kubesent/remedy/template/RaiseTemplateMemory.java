package dev.kubesent.remedy.template;

import dev.kubesent.action.Sizing;
import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Raises;
import dev.kubesent.change.TemplatePatch;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.remedy.engine.ContainerResources;
import dev.kubesent.remedy.engine.LivePod;
import dev.kubesent.remedy.engine.PatchRemedy;
import dev.kubesent.remedy.engine.StuckPods;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import dev.kubesent.remedy.engine.WorkloadPods;
import dev.kubesent.remedy.job.NextRun;
import dev.kubesent.remedy.job.RunAgain;
import dev.kubesent.remedy.knative.NextRevision;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.zjsonpatch.JsonPatch;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Raises the limit in the controller's pod template: the lasting fix, since no controller copies a pod's resize back. Then
 * deletes the failing pods that the controller would leave as they are.
 */
public final class RaiseTemplateMemory extends PatchRemedy<TemplatePatch> {

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final StuckPods stuckPods;
    private final Clock clock;

    public RaiseTemplateMemory(ClusterReader reader, ClusterWriter writer, Clock clock) {
        super(reader, writer);
        this.clock = clock;
        this.reader = reader;
        this.writer = writer;
        this.stuckPods = new StuckPods(reader, writer);
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var top = evidence.owners().present().flatMap(OwnerChain::knownTop);
        if (top.isEmpty()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, "it has no controller of a kind that is changed");
        }
        var rollout = Rollout.of(top.get(), evidence);
        return switch (rollout) {
            case Rollout.Impossible(var why) -> Plan.nothing(RefusalReason.NO_REMEDY_FITS, why);
            case Rollout.ByController _, Rollout.ByReplacing _, Rollout.ByHand _, Rollout.ByNextRun _ ->
                describe(evidence, top.get(), rollout);
        };
    }

    private Plan describe(Evidence evidence, OwnerChain.Known top, Rollout rollout) {
        var name = evidence.failure().subject().container();
        return ContainerResources.inTemplate(top.object(), name)
                .map(template -> describe(evidence, top, template, rollout))
                .orElseGet(() -> Plan.nothing(
                        RefusalReason.NO_REMEDY_FITS,
                        "the template of " + top.ref().display() + " has no container " + name
                                + "; something added it"));
    }

    private Plan describe(Evidence evidence, OwnerChain.Known top, ContainerResources template, Rollout rollout) {
        var name = evidence.failure().subject().container();
        var ofPod = ContainerResources.inPod(evidence.pod(), name).flatMap(ContainerResources::limit);
        if (ofPod.isEmpty()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, "the container has no memory limit");
        }
        var from = template.limit().orElse(ofPod.get());
        if (from.equals(ofPod.get())) {
            return planned(
                    evidence,
                    top,
                    template,
                    new MemoryRaise(
                            name,
                            from,
                            Sizing.next(from, evidence),
                            LivePod.isGuaranteed(evidence.pod()) || template.requestFollows()),
                    rollout);
        }
        if (isSetByAutoscaler(evidence.pod(), name)) {
            return Plan.nothing(
                    RefusalReason.OWNED_BY_ANOTHER,
                    "a VerticalPodAutoscaler has set the memory of this pod to %s, whatever %s asks for; raise its maxAllowed"
                            .formatted(ofPod.get(), top.ref().display()));
        }
        return from.exceeds(ofPod.get()) && rollout instanceof Rollout.ByReplacing
                ? planned(evidence, top, template, new MemoryRaise(name, ofPod.get(), from, false), rollout)
                : Plan.nothing(
                        RefusalReason.ALREADY_CHANGED,
                        "%s asks for %s by now, this pod still has %s"
                                .formatted(top.ref().display(), from, ofPod.get()));
    }

    /**
     * By what its admission controller writes down of each container: "container 0: cpu request, memory limit; container 1: …"
     * (admission-controller/resource/pod/patch/resource_updates.go). Who may write it himself gains a no.
     */
    private static boolean isSetByAutoscaler(Pod pod, String container) {
        var said = Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of())
                .getOrDefault("vpaUpdates", "");
        var names =
                pod.getSpec().getContainers().stream().map(Container::getName).toList();
        var own = "container " + names.indexOf(container) + ": ";
        int from = said.indexOf(own);
        return from >= 0 && said.substring(from).split(";", 2)[0].contains("memory limit");
    }

    private Plan planned(
            Evidence evidence, OwnerChain.Known top, ContainerResources template, MemoryRaise raise, Rollout rollout) {
        if (RunAgain.isEnding(top, evidence, reader)) {
            return Plan.nothing(
                    RefusalReason.TOO_SOON, "the killed run has not ended yet; it is run again when it has");
        }
        var target = ObjectRef.of(top.object());
        var operations = template.raise(raise);
        var puts =
                operations.stream().filter(PatchOperation.Put.class::isInstance).toList();
        var after = JsonPatch.apply(PatchOperation.patch(puts), KubernetesJson.tree(top.object()));
        return new Plan.Planned(new TemplatePatch(
                target,
                raise,
                operations,
                rollout.stuckPods(evidence, reader),
                Fingerprint.of(after.at(ContainerResources.template(top.object()))),
                RunAgain.name(top, evidence, reader)));
    }

    @Override
    protected boolean isAsMade(TemplatePatch change, GenericKubernetesResource live) {
        return limit(change, live).filter(change.raise().to()::equals).isPresent();
    }

    @Override
    protected boolean isAsBefore(TemplatePatch change, GenericKubernetesResource live) {
        return limit(change, live).filter(change.raise().from()::equals).isPresent();
    }

    /** Empty where the container is gone. A template without a limit has what it was raised from. */
    private static Optional<Memory> limit(TemplatePatch change, GenericKubernetesResource live) {
        var without = change.takesOut() ? change.raise().to() : change.raise().from();
        return ContainerResources.inTemplate(live, change.container())
                .map(resources -> resources.limit().orElse(without));
    }

    @Override
    protected String finish(TemplatePatch change) {
        var left = stuckPods.delete(
                change.stuckPods(),
                change.target(),
                live -> limit(live, change.raise())
                        .filter(change.raise().from()::equals)
                        .isPresent());
        return "%s has a memory limit of %s now%s%s"
                .formatted(
                        change.target().display(),
                        change.raise().to(),
                        left,
                        new RunAgain(reader, writer, clock.instant()).begin(change));
    }

    private static boolean is(WorkloadKind kind, GenericKubernetesResource workload) {
        return WorkloadKind.of(ObjectRef.of(workload)).filter(kind::equals).isPresent();
    }

    @Override
    protected String overtaken(TemplatePatch made, GenericKubernetesResource live) {
        var limit = ContainerResources.inTemplate(live, made.container()).flatMap(ContainerResources::limit);
        return "%s asks for %s by now"
                .formatted(made.target().display(), limit.map(Memory::toString).orElse("no limit"));
    }

    @Override
    protected Survival watch(TemplatePatch made, GenericKubernetesResource live, Watch watch) {
        var raise = made.raise();
        if (!made.template().isEmpty() && !made.template().equals(Fingerprint.ofTemplate(live))) {
            return new Survival.Overtaken(Template.overtaken(made.target()));
        }
        if (is(WorkloadKind.CRON_JOB, live)) {
            return new NextRun(reader, live).verify(made, watch);
        }
        if (is(WorkloadKind.KNATIVE_SERVICE, live)) {
            return new NextRevision(reader, live).verify(raise, watch);
        }
        var all = WorkloadPods.of(reader, live);
        if ((all.wanted() == 0 || all.isOnDelete()) && !all.has(raise::isIn)) {
            return new Survival.Dormant(
                    "no pod runs with it, and none will before somebody scales it up or deletes one");
        }
        return all.judged(raise::isIn, all.isOnDelete() ? 1 : all.wanted(), watch, Fault.ofMemory(raise.container()));
    }

    @Override
    protected Plan inverse(TemplatePatch last, List<Change> made, GenericKubernetesResource live) {
        var raises = Raises.of(made);
        var raise = raises.back();
        if (raise.from().equals(raise.to())) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, "the template had this value before, and keeps it");
        }
        return new Plan.Planned(new TemplatePatch(
                last.target(), raise, raises.patchBack(last.target().uid()), stuckWith(raise, live), "", ""));
    }

    @Override
    protected Undone undone(TemplatePatch last, List<Change> made, GenericKubernetesResource live) {
        var raise = Raises.of(made).back();
        var limit = ContainerResources.inTemplate(live, raise.container()).flatMap(ContainerResources::limit);
        if (limit.filter(l -> !l.equals(raise.to())).isPresent()) {
            return Undone.CHANGED_AGAIN;
        }
        // Runs that have begun keep what they began with.
        return !is(WorkloadKind.CRON_JOB, live) && isRunning(live, hasMemory(raise))
                ? Undone.ROLLING_OUT
                : Undone.COMPLETE;
    }

    /** By the limit that is taken back. */
    private static Predicate<Pod> hasMemory(MemoryRaise raise) {
        return new MemoryRaise(raise.container(), raise.from(), raise.from(), raise.request())::isIn;
    }

    private boolean isRunning(GenericKubernetesResource workload, Predicate<Pod> which) {
        return is(WorkloadKind.KNATIVE_SERVICE, workload)
                ? new NextRevision(reader, workload).has(which)
                : WorkloadPods.of(reader, workload).hasOther(which.negate());
    }

    /** The pods that come back with the old template only once they are deleted (kubernetes/kubernetes#67250). */
    private List<ObjectRef> stuckWith(MemoryRaise raise, GenericKubernetesResource workload) {
        var all = WorkloadPods.of(reader, workload);
        return switch (WorkloadKind.of(ObjectRef.of(workload)).orElseThrow()) {
            case STATEFUL_SET, REPLICA_SET, REPLICATION_CONTROLLER ->
                all.isOnDelete() ? List.of() : all.stuck(hasMemory(raise));
            case DEPLOYMENT, DAEMON_SET, POD, JOB, CRON_JOB, KNATIVE_REVISION, KNATIVE_CONFIGURATION, KNATIVE_SERVICE ->
                List.of();
        };
    }

    private static Optional<Memory> limit(Pod pod, MemoryRaise raise) {
        return ContainerResources.inPod(pod, raise.container()).flatMap(ContainerResources::limit);
    }
}
