package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.gate.Change.MemoryRaise;
import dev.kubesent.remedy.Survival.Alive;
import dev.kubesent.remedy.Survival.NotUp;
import dev.kubesent.remedy.Survival.Watching;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The Revision that Knative makes of a changed Service. It gets traffic only once it is ready, so a bad one harms nobody; without traffic it
 * goes down to zero, and that is no failure.
 */
record NextRevision(ClusterReader reader, GenericKubernetesResource live) {

    /** Knative's own labels (serving.knative.dev). */
    private static final String REVISION = "serving.knative.dev/revision";

    Survival verify(MemoryRaise raise, Watch watch) {
        var service = KubernetesJson.as(KubernetesJson.tree(live), Service.class);
        var made = made(service);
        if (made.isEmpty()) {
            return soon(watch, "Knative has made no Revision of it yet");
        }
        var pods = pods(made.get(), raise);
        if (!pods.isEmpty()) {
            return watch.judge(pods, 1, Watch.Cured.byMemory(raise.container()));
        }
        if (!made.get().equals(service.getStatus().getLatestReadyRevisionName())) {
            return soon(watch, "Revision " + made.get() + " is not ready");
        }
        return watch.since().plus(watch.mustLive()).isAfter(watch.now())
                ? new Watching("Revision " + made.get() + " is ready")
                : new Alive("Revision " + made.get() + " became ready, and has no pods for want of traffic");
    }

    private static Survival soon(Watch watch, String why) {
        return watch.isOver() ? new NotUp(why) : new Watching(why);
    }

    /** The Revision of what the Service says now; before its controller has seen that, the name is still of the one before. */
    private static Optional<String> made(Service service) {
        var generation = service.getMetadata().getGeneration();
        return Optional.ofNullable(service.getStatus())
                .filter(status -> Objects.equals(status.getObservedGeneration(), generation))
                .map(ServiceStatus::getLatestCreatedRevisionName);
    }

    private List<Pod> pods(String revision, MemoryRaise raise) {
        return reader.list(Pod.class, live.getMetadata().getNamespace(), Map.of(REVISION, revision)).stream()
                .filter(pod -> !Remedies.isTerminating(pod) && raise.isIn(pod))
                .toList();
    }
}
