package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.gate.Change.MemoryRaise;
import dev.kubesent.remedy.Survival.Alive;
import dev.kubesent.remedy.Survival.Dormant;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The run of a CronJob that shows whether a change of its template helps: the first that begins after it, which may be a night or a month
 * later. Until then there is nothing to watch, and nothing to take back. Its time begins when its pod does.
 */
record NextRun(ClusterReader reader, GenericKubernetesResource cronJob) {

    Survival verify(MemoryRaise raise, Watch watch) {
        var newest = new WorkloadPods(reader, cronJob)
                .with(raise.container(), raise.to()).stream()
                        .filter(pod -> begun(pod).isPresent())
                        .max(Comparator.comparing(pod -> begun(pod).orElseThrow()));
        if (newest.isPresent()) {
            var pod = newest.get();
            var judged = watch.beginningAt(begun(pod).orElseThrow())
                    .judge(List.of(pod), 1, Watch.Cured.byMemory(raise.container()));
            return judged instanceof Alive && "Succeeded".equals(pod.getStatus().getPhase())
                    ? new Alive("the next run, pod " + pod.getMetadata().getName() + ", has done its work")
                    : judged;
        }
        // A pod may be gone before anybody looks (ttlSecondsAfterFinished, history limits).
        return time("lastSuccessfulTime")
                .filter(success -> time("lastScheduleTime")
                        .filter(begun -> begun.isAfter(watch.since()) && !success.isBefore(begun))
                        .isPresent())
                .<Survival>map(success -> new Alive("the run that began after it succeeded at " + success))
                .orElseGet(() -> new Dormant("no run has begun since; the next one has the new limit"));
    }

    private Optional<Instant> time(String field) {
        return cronJob.<Object>get("status", field) instanceof String text
                ? Optional.of(Instant.parse(text))
                : Optional.empty();
    }

    /** When the kubelet took it; before that, when it was made. */
    private static Optional<Instant> begun(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getStartTime)
                .or(() -> Optional.ofNullable(pod.getMetadata().getCreationTimestamp()))
                .map(Instant::parse);
    }
}
