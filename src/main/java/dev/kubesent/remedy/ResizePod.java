package dev.kubesent.remedy;

import dev.kubesent.change.Change;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Plan;
import dev.kubesent.change.PodResize;
import dev.kubesent.change.RefusalReason;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Subject;
import dev.kubesent.remedy.edit.ContainerResources;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** Raises the limit of a bare pod's running container, without a restart (Kubernetes 1.33 and later). */
final class ResizePod implements Remedy<PodResize> {

    private final ClusterReader reader;
    private final ClusterWriter writer;

    ResizePod(ClusterReader reader, ClusterWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var subject = evidence.failure().subject();
        if (subject.role() == Subject.Role.INIT_CONTAINER) {
            return Remedies.nothing(RefusalReason.NO_REMEDY_FITS, "an init container cannot be resized in place");
        }
        var resources = ContainerResources.inPod(evidence.pod(), subject.container());
        return resources
                .flatMap(ContainerResources::limit)
                .map(limit -> new MemoryRaise(
                        subject.container(), limit, Sizing.next(limit, evidence), Remedies.isGuaranteed(evidence)))
                .<Plan>map(raise -> new Plan.Planned(new PodResize(
                        ObjectRef.of(evidence.pod()),
                        raise,
                        resources.orElseThrow().raise(raise))))
                .orElseGet(() -> Remedies.nothing(RefusalReason.NO_REMEDY_FITS, "the container has no memory limit"));
    }

    @Override
    public Progress progress(PodResize change, String step) {
        var limit = liveLimit(change);
        if (limit.filter(change.raise().to()::equals).isPresent()) {
            return Progress.UNDERWAY;
        }
        return limit.filter(change.raise().from()::equals).isPresent() ? Progress.UNTOUCHED : Progress.OVERTAKEN;
    }

    @Override
    public Outcome apply(PodResize change, Checkpoint checkpoint) {
        try {
            writer.patch(change.target(), Subresource.RESIZE, change.operations());
        } catch (ClusterException e) {
            var already = liveLimit(change).filter(change.raise().to()::equals).isPresent();
            if (!already) {
                return Remedies.refused(e);
            }
        }
        // The API server's yes proves nothing about the kubelet (kubernetes/kubernetes#138760): only verify() does.
        return new Outcome.Applied(
                "%s was resized to a memory limit of %s"
                        .formatted(change.target().display(), change.raise().to()),
                "the API server took the resize, whose test operations held");
    }

    /** The kubelet has to have carried it out: until then the container lives on with the old limit. */
    @Override
    public Survival verify(PodResize made, Watch watch) {
        return reader.get(Pod.class, made.target().namespace(), made.target().name())
                .filter(pod -> pod.getMetadata().getUid().equals(made.target().uid()))
                .map(pod -> BarePod.judge(pod, made, watch))
                .orElseGet(() -> new Survival.Gone(made.target().display() + " is gone"));
    }

    @Override
    public Plan revert(PodResize last, List<Change> made) {
        return BarePod.resizeBack(changed(last), last, made);
    }

    @Override
    public Undone undone(PodResize last, List<Change> made) {
        return BarePod.undone(changed(last), made);
    }

    private Optional<Pod> changed(PodResize last) {
        var target = last.target();
        return reader.get(Pod.class, target.namespace(), target.name())
                .filter(pod -> pod.getMetadata().getUid().equals(target.uid()));
    }

    private Optional<Memory> liveLimit(PodResize change) {
        return reader.get(change.target())
                .flatMap(live -> ContainerResources.inPod(live, change.raise().container()))
                .map(resources -> resources
                        .limit()
                        .orElse(
                                change.takesOut()
                                        ? change.raise().to()
                                        : change.raise().from()));
    }
}
