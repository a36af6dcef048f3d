package dev.kubesent.remedy.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.RevisionRef;
import dev.kubesent.change.TemplateRollback;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.revision.KeptRevision;
import dev.kubesent.evidence.revision.TemplateChanges;
import dev.kubesent.remedy.engine.Glimpses;
import dev.kubesent.remedy.engine.PatchRemedy;
import dev.kubesent.remedy.engine.StuckPods;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import dev.kubesent.remedy.engine.WorkloadPods;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/**
 * Puts back the pod template of an earlier revision, and nothing else of the workload: not its replicas, nor its annotations. Then deletes the
 * failing pods that a StatefulSet would wait for (kubernetes.io, StatefulSets, "Forced rollback").
 */
public final class RollBackTemplate extends PatchRemedy<TemplateRollback> {

    private final ClusterReader reader;
    private final StuckPods stuckPods;

    public RollBackTemplate(ClusterReader reader, ClusterWriter writer) {
        super(reader, writer);
        this.reader = reader;
        this.stuckPods = new StuckPods(reader, writer);
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var top = evidence.owners().present().flatMap(OwnerChain::knownTop);
        var rollout = evidence.around().rollout().present().orElse(RolloutFacts.NONE);
        var good = rollout.good(evidence.history().present().orElse(History.NONE));
        if (top.isEmpty() || rollout.own().isEmpty() || good.isEmpty()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, "no earlier revision is known to be healthy");
        }
        var way = Rollout.of(top.get(), evidence);
        return switch (way) {
            case Rollout.Impossible(var why) -> Plan.nothing(RefusalReason.NO_REMEDY_FITS, why);
            case Rollout.ByHand _ -> Rollout.onDelete(top.get());
            case Rollout.ByController _, Rollout.ByReplacing _, Rollout.ByNextRun _ -> {
                var failure = evidence.failure();
                var own = rollout.own().get();
                var back = good.get();
                // Read after the revisions: what was pushed in between is nobody's to take back.
                if (!Template.isAs(Fingerprint.of(own.template()), top.get().object())) {
                    yield Plan.nothing(
                            RefusalReason.ALREADY_CHANGED,
                            "it has another template than %s by now".formatted(own.display()));
                }
                yield new Plan.Planned(new TemplateRollback(
                        ObjectRef.of(top.get().object()),
                        failure.kind(),
                        failure.subject().container(),
                        own.ref(),
                        back.ref(),
                        TemplateChanges.between(own.template(), back.template()),
                        patch(top.get().object(), back.template()),
                        way.stuckPods(evidence, reader),
                        Fingerprint.of(back.template())));
            }
        };
    }

    /** Whoever changes anything of the spec meanwhile, be it the replicas, has it judged anew. */
    private static List<PatchOperation> patch(GenericKubernetesResource workload, JsonNode template) {
        var meta = workload.getMetadata();
        return List.of(
                new PatchOperation.Test("/metadata/uid", TextNode.valueOf(meta.getUid())),
                new PatchOperation.Test("/metadata/generation", LongNode.valueOf(meta.getGeneration())),
                new PatchOperation.Put("/spec/template", template));
    }

    @Override
    protected boolean isAsMade(TemplateRollback change, GenericKubernetesResource live) {
        return Template.isAs(change.template(), live);
    }

    @Override
    protected boolean isAsBefore(TemplateRollback change, GenericKubernetesResource live) {
        return isOf(change.from(), live);
    }

    private boolean isOf(RevisionRef revision, GenericKubernetesResource live) {
        return KeptRevision.named(reader, live, revision.name())
                .filter(kept -> Template.isAs(Fingerprint.of(kept.template()), live))
                .isPresent();
    }

    @Override
    protected String finish(TemplateRollback change) {
        var left = stuckPods.delete(
                change.stuckPods(), change.target(), live -> WorkloadPods.bearsLabelOf(live, change.from()));
        return "%s is back at %s%s"
                .formatted(change.target().display(), change.to().display(), left);
    }

    @Override
    protected String overtaken(TemplateRollback made, GenericKubernetesResource live) {
        return Template.overtaken(made.target());
    }

    @Override
    protected Survival watch(TemplateRollback made, GenericKubernetesResource live, Watch watch) {
        return judge(live, made.from(), made.to(), watch);
    }

    /**
     * It is the cure where all lives with it, and nothing of the other is left. Whatever befalls its pods, what it came from is no cure: that
     * never lived, and these did.
     */
    private Survival judge(GenericKubernetesResource workload, RevisionRef from, RevisionRef to, Watch watch) {
        var all = WorkloadPods.of(reader, workload);
        return judge(all, all.glimpses(to, watch), from, watch);
    }

    private static Survival judge(WorkloadPods all, Glimpses pods, RevisionRef from, Watch watch) {
        if (pods.areNone() && all.wanted() == 0) {
            return new Survival.Dormant("it is scaled to zero");
        }
        var told = pods.told(all.wanted());
        var left = all.count(from);
        if (left.isEmpty() && pods.areAllAlive(all.wanted())) {
            return new Survival.Alive(told);
        }
        var isStuck = watch.isOver() && (pods.alive() == 0 || pods.isAnyStuck()) || watch.isLongOver();
        return isStuck
                ? new Survival.Unfinished(told + "; of " + from.display() + " " + left.orElse("0") + " are left")
                : new Survival.Watching(told);
    }

    /** Whether an edit has brought to life what never lived, and nothing of the other is left. */
    public Survival judgeEdit(
            GenericKubernetesResource workload, RevisionRef from, RevisionRef to, Watch watch, Fault cured) {
        var all = WorkloadPods.of(reader, workload);
        var pods = all.glimpses(to, watch);
        return pods.isAnyReady() ? judge(all, pods, from, watch) : all.judged(to, all.wanted(), watch, cured);
    }

    /** Never: the incident tells what became of it. */
    @Override
    protected Plan inverse(TemplateRollback last, List<Change> made, GenericKubernetesResource live) {
        return Plan.nothing(
                RefusalReason.NO_REMEDY_FITS,
                "the revision that " + last.to().display() + " replaced was never healthy");
    }

    /** The way back from what was made, and is there still. */
    public Plan backTo(
            RevisionRef before,
            ObjectRef target,
            FailureKind failure,
            String container,
            GenericKubernetesResource live) {
        var now = Template.current(reader, live);
        var kept = KeptRevision.named(reader, live, before.name());
        if (now.isEmpty() || kept.isEmpty()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, before.display() + " is not kept any more");
        }
        return new Plan.Planned(new TemplateRollback(
                target,
                failure,
                container,
                now.get(),
                before,
                List.of(),
                patch(live, kept.get().template()),
                stuck(now.get(), live),
                Fingerprint.of(kept.get().template())));
    }

    /** The pods of a StatefulSet that are replaced only once they are deleted (kubernetes/kubernetes#67250). */
    private List<ObjectRef> stuck(RevisionRef revision, GenericKubernetesResource workload) {
        return WorkloadKind.of(ObjectRef.of(workload))
                        .filter(WorkloadKind.STATEFUL_SET::equals)
                        .isEmpty()
                ? List.of()
                : WorkloadPods.of(reader, workload).stuck(revision);
    }

    @Override
    protected Undone undone(TemplateRollback last, List<Change> made, GenericKubernetesResource live) {
        return undone(made.getFirst().cameFrom().orElse(last.from()), live);
    }

    Undone undone(RevisionRef before, GenericKubernetesResource live) {
        if (!isOf(before, live)) {
            return Undone.CHANGED_AGAIN;
        }
        return WorkloadPods.of(reader, live).hasOtherThan(before) ? Undone.ROLLING_OUT : Undone.COMPLETE;
    }
}
