package dev.kubesent.remedy.pod;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.change.Change;
import dev.kubesent.change.MemoryChange;
import dev.kubesent.change.Plan;
import dev.kubesent.change.PodResize;
import dev.kubesent.change.Raises;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.remedy.engine.ContainerResources;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the two remedies for pods without a controller share. */
public final class BarePod {

    private BarePod() {}

    public static String overtaken(Pod pod, MemoryChange made) {
        return "%s asks for %s by now"
                .formatted(
                        made.target().display(),
                        limit(pod, made.container()).map(Memory::toString).orElse("no limit"));
    }

    private static Optional<Memory> limit(Pod pod, String container) {
        return ContainerResources.inPod(pod, container).flatMap(ContainerResources::limit);
    }

    /** @param pod that has the change */
    public static Survival judge(Pod pod, MemoryChange made, Watch watch) {
        var raise = made.raise();
        if (limit(pod, raise.container()).filter(raise.to()::equals).isEmpty()) {
            return new Survival.Overtaken(overtaken(pod, made));
        }
        var inForce = inForce(pod, raise.container()).filter(limit -> !limit.equals(raise.to()));
        if (inForce.isPresent()) {
            // Whatever happens to it, it happens with the old limit.
            var told = "the kubelet still runs it with " + inForce.get();
            return watch.isOver() ? new Survival.NotUp(told) : new Survival.Watching(told);
        }
        return watch.judge(List.of(pod), 1, Fault.ofMemory(raise.container()));
    }

    /** What the kubelet says that the container runs with; empty where it does not say (before Kubernetes 1.33). */
    private static Optional<Memory> inForce(Pod pod, String container) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(status -> status.getContainerStatuses().stream())
                .filter(status -> status.getName().equals(container))
                .map(ContainerStatus::getResources)
                .filter(resources -> resources != null
                        && resources.getLimits() != null
                        && resources.getLimits().containsKey("memory"))
                .map(resources -> Memory.of(resources.getLimits().get("memory")))
                .findFirst();
    }

    /**
     * Puts the old amount back in place. A second delete would risk the pod for nothing: what it runs with is back all the
     * same.
     */
    public static Plan resizeBack(Pod pod, List<Change> made) {
        var raises = Raises.of(made);
        return new Plan.Planned(new PodResize(
                ObjectRef.of(pod),
                raises.back(),
                raises.patchBack(pod.getMetadata().getUid())));
    }

    public static Undone undone(Pod pod, List<Change> made) {
        var raise = Raises.of(made).back();
        return limit(pod, raise.container()).filter(l -> !l.equals(raise.to())).isPresent()
                ? Undone.CHANGED_AGAIN
                : Undone.COMPLETE;
    }
}
