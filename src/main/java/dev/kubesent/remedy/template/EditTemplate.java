package dev.kubesent.remedy.template;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.action.OfOneField;
import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.RevisionRef;
import dev.kubesent.change.TemplateEdit;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.revision.Revision;
import dev.kubesent.remedy.engine.ContainerResources;
import dev.kubesent.remedy.engine.PatchRemedy;
import dev.kubesent.remedy.engine.StuckPods;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import dev.kubesent.remedy.engine.WorkloadPods;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.ArrayList;
import java.util.List;

/** Sets one field in the pod template of a workload that keeps its revisions: to take it back is to go back to the one before. */
public final class EditTemplate extends PatchRemedy<TemplateEdit> {

    private final ClusterReader reader;
    private final StuckPods stuckPods;
    private final RollBackTemplate rollback;

    public EditTemplate(ClusterReader reader, ClusterWriter writer, RollBackTemplate rollback) {
        super(reader, writer);
        this.reader = reader;
        this.stuckPods = new StuckPods(reader, writer);
        this.rollback = rollback;
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var top = evidence.owners().present().flatMap(OwnerChain::knownTop);
        var own = evidence.around().rollout().present().flatMap(RolloutFacts::own);
        if (!(diagnosis.action() instanceof OfOneField edit) || top.isEmpty() || own.isEmpty()) {
            return Plan.nothing(
                    RefusalReason.NO_REMEDY_FITS,
                    "only the newest revision of a Deployment, StatefulSet or DaemonSet is mended in its template");
        }
        var way = Rollout.of(top.get(), evidence);
        return switch (way) {
            case Rollout.Impossible(var why) -> Plan.nothing(RefusalReason.NO_REMEDY_FITS, why);
            case Rollout.ByHand _ -> Rollout.onDelete(top.get());
            case Rollout.ByController _, Rollout.ByReplacing _, Rollout.ByNextRun _ ->
                ContainerResources.inTemplate(
                                top.get().object(), evidence.failure().subject().container())
                        .filter(place -> edit.fits(place.container()))
                        .map(place -> planned(evidence, top.get(), own.get(), edit, place, way))
                        .orElseGet(() -> Plan.nothing(
                                RefusalReason.NO_REMEDY_FITS,
                                "the template has no such container, or not what the pod has; something added it"));
        };
    }

    private Plan planned(
            Evidence evidence,
            OwnerChain.Known top,
            Revision own,
            OfOneField edit,
            ContainerResources place,
            Rollout way) {
        var failure = evidence.failure();
        var operations = operations(top, edit, place);
        var puts =
                operations.stream().filter(PatchOperation.Put.class::isInstance).toList();
        var after = JsonPatch.apply(PatchOperation.patch(puts), KubernetesJson.tree(top.object()));
        return new Plan.Planned(new TemplateEdit(
                ObjectRef.of(top.object()),
                edit.permission(),
                failure.kind(),
                failure.subject().container(),
                own.ref(),
                edit.field(),
                edit.before(place.container()),
                edit.after(place.container()),
                operations,
                way.stuckPods(evidence, reader),
                Fingerprint.of(after.at(ContainerResources.template(top.object())))));
    }

    private static List<PatchOperation> operations(OwnerChain.Known top, OfOneField edit, ContainerResources place) {
        var meta = top.object().getMetadata();
        var operations = new ArrayList<PatchOperation>();
        operations.add(new PatchOperation.Test("/metadata/uid", TextNode.valueOf(meta.getUid())));
        operations.add(new PatchOperation.Test("/metadata/generation", LongNode.valueOf(meta.getGeneration())));
        operations.add(new PatchOperation.Test(
                place.path() + "/name", place.container().path("name")));
        operations.add(new PatchOperation.Put(place.path() + "/" + edit.key(), edit.value(place.container())));
        return List.copyOf(operations);
    }

    @Override
    protected boolean isAsMade(TemplateEdit change, GenericKubernetesResource live) {
        return Template.isAs(change.template(), live);
    }

    @Override
    protected boolean isAsBefore(TemplateEdit change, GenericKubernetesResource live) {
        return Template.current(reader, live)
                .filter(now -> now.name().equals(change.from().name()))
                .isPresent();
    }

    @Override
    protected String finish(TemplateEdit change) {
        var left = stuckPods.delete(
                change.stuckPods(), change.target(), pod -> WorkloadPods.bearsLabelOf(pod, change.from()));
        return "%s of container %s in %s is %s now%s"
                .formatted(change.field(), change.container(), change.target().display(), change.after(), left);
    }

    @Override
    protected String overtaken(TemplateEdit made, GenericKubernetesResource live) {
        return Template.overtaken(made.target());
    }

    @Override
    protected Survival watch(TemplateEdit made, GenericKubernetesResource live, Watch watch) {
        var cured = new Fault(made.failure(), made.container());
        return Template.current(reader, live)
                .map(now -> rollback.judgeEdit(live, made.from(), now, watch, cured))
                .orElseGet(() -> watch.judge(List.of(), 1, cured));
    }

    @Override
    protected Plan inverse(TemplateEdit last, List<Change> made, GenericKubernetesResource live) {
        return isAsMade(last, live)
                ? rollback.backTo(before(last, made), last.target(), last.failure(), last.container(), live)
                : Plan.nothing(RefusalReason.NO_REMEDY_FITS, "somebody has changed the template since");
    }

    @Override
    protected Undone undone(TemplateEdit last, List<Change> made, GenericKubernetesResource live) {
        return rollback.undone(before(last, made), live);
    }

    /** From which the first of them came. */
    private static RevisionRef before(TemplateEdit last, List<Change> made) {
        return made.getFirst().cameFrom().orElse(last.from());
    }
}
