package dev.kubesent.remedy.pod;

import dev.kubesent.action.Sizing;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Plan;
import dev.kubesent.change.PodResize;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Subject;
import dev.kubesent.remedy.engine.ContainerResources;
import dev.kubesent.remedy.engine.LivePod;
import dev.kubesent.remedy.engine.PatchRemedy;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** Raises the limit of a bare pod's running container, without a restart (Kubernetes 1.33 and later). */
public final class ResizePod extends PatchRemedy<PodResize> {

    public ResizePod(ClusterReader reader, ClusterWriter writer) {
        super(reader, writer);
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var subject = evidence.failure().subject();
        if (subject.role() == Subject.Role.INIT_CONTAINER) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, "an init container cannot be resized in place");
        }
        var resources = ContainerResources.inPod(evidence.pod(), subject.container());
        return resources
                .flatMap(ContainerResources::limit)
                .map(limit -> new MemoryRaise(
                        subject.container(), limit, Sizing.next(limit, evidence), LivePod.isGuaranteed(evidence.pod())))
                .<Plan>map(raise -> new Plan.Planned(new PodResize(
                        ObjectRef.of(evidence.pod()),
                        raise,
                        resources.orElseThrow().raise(raise))))
                .orElseGet(() -> Plan.nothing(RefusalReason.NO_REMEDY_FITS, "the container has no memory limit"));
    }

    @Override
    protected boolean isAsMade(PodResize change, GenericKubernetesResource live) {
        return limit(change, live).filter(change.raise().to()::equals).isPresent();
    }

    @Override
    protected boolean isAsBefore(PodResize change, GenericKubernetesResource live) {
        return limit(change, live).filter(change.raise().from()::equals).isPresent();
    }

    private static Optional<Memory> limit(PodResize change, GenericKubernetesResource live) {
        var without = change.takesOut() ? change.raise().to() : change.raise().from();
        return ContainerResources.inPod(live, change.container())
                .map(resources -> resources.limit().orElse(without));
    }

    @Override
    protected String finish(PodResize change) {
        return "%s was resized to a memory limit of %s"
                .formatted(change.target().display(), change.raise().to());
    }

    /** The API server's yes proves nothing about the kubelet (kubernetes/kubernetes#138760): only the watch does. */
    @Override
    protected String verification() {
        return "the API server accepted the resize; its test operations passed";
    }

    @Override
    protected String overtaken(PodResize made, GenericKubernetesResource live) {
        return BarePod.overtaken(pod(live), made);
    }

    /** The kubelet has to have carried it out: until then the container lives on with the old limit. */
    @Override
    protected Survival watch(PodResize made, GenericKubernetesResource live, Watch watch) {
        return BarePod.judge(pod(live), made, watch);
    }

    @Override
    protected Plan inverse(PodResize last, List<Change> made, GenericKubernetesResource live) {
        return BarePod.resizeBack(pod(live), made);
    }

    @Override
    protected Undone undone(PodResize last, List<Change> made, GenericKubernetesResource live) {
        return BarePod.undone(pod(live), made);
    }

    private static Pod pod(GenericKubernetesResource live) {
        return KubernetesJson.as(KubernetesJson.tree(live), Pod.class);
    }
}
