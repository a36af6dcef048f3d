package dev.kubesent.remedy.job;

import dev.kubesent.change.MemoryRaise;
import dev.kubesent.remedy.engine.ContainerResources;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Survival.Alive;
import dev.kubesent.remedy.engine.Survival.Dormant;
import dev.kubesent.remedy.engine.Survival.NotUp;
import dev.kubesent.remedy.engine.Survival.Overtaken;
import dev.kubesent.remedy.engine.Survival.Watching;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import dev.kubesent.remedy.engine.Watch;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The pods that a Job makes after its template was changed: they show whether that helps, by how they end, and the last one was killed after hours
 * perhaps. Of many that share the work, one that ends well proves nothing for the others, so that the Job has to be complete.
 *
 * @param pods all of the Job
 */
public record NextTry(JobRun run, List<Pod> pods, MemoryRaise raise) {

    /** How long a Job controller waits for the next try at most (pkg/controller/job, MaxJobPodFailureBackOff). */
    private static final Duration BACK_OFF = Duration.ofMinutes(10);

    public Survival verify(Watch watch) {
        if (!has(ContainerResources.inTemplate(run.job(), raise.container()))) {
            return new Overtaken("somebody has changed the template of Job " + run.name() + " since");
        }
        var own = pods.stream()
                .filter(pod -> has(ContainerResources.inPod(pod, raise.container())))
                .toList();
        return JobRun.killed(own, raise.container(), watch.now())
                .<Survival>map(killed -> killed)
                .or(() -> ended(own))
                .orElseGet(() -> open(own, watch));
    }

    private boolean has(Optional<ContainerResources> resources) {
        return resources
                .flatMap(ContainerResources::limit)
                .filter(raise.to()::equals)
                .isPresent();
    }

    /** What fails for another reason is another incident's. */
    private Optional<Survival> ended(List<Pod> own) {
        if (run.isComplete()) {
            return Optional.of(new Alive("Job " + run.name() + " is complete"));
        }
        if (run.failed().isPresent() && run.hasTooMany()) {
            return Optional.of(
                    new Overtaken("Job %s failed, and has had too many pods to look at".formatted(run.name())));
        }
        return run.failed()
                .map(failed -> own.stream().anyMatch(JobRun::hasBegun)
                        ? new Alive(
                                "container %s of Job %s was not killed for its memory; the Job failed for another reason"
                                        .formatted(raise.container(), run.name()))
                        : new Overtaken("Job %s has ended (%s) before a try could show it"
                                .formatted(run.name(), failed.getReason())));
    }

    private Survival open(List<Pod> own, Watch watch) {
        if (run.isHeldBack()) {
            return new Dormant("Job " + run.name() + " is held back; its next try has the new limit");
        }
        if (own.stream().noneMatch(JobRun::hasBegun) && isLate(own, watch)) {
            return new NotUp("no try of Job %s has begun with it".formatted(run.name()));
        }
        return watch.since().plus(NextRun.LONGEST).isAfter(watch.now())
                ? new Watching("Job " + run.name() + " has not ended yet")
                : new Overtaken("Job %s has not ended in %d days".formatted(run.name(), NextRun.LONGEST.toDays()));
    }

    /** From when there is a pod; before, its controller may still wait. */
    private static boolean isLate(List<Pod> own, Watch watch) {
        var since = own.stream()
                .flatMap(pod -> Watch.taken(pod).stream())
                .min(Comparator.naturalOrder())
                .orElseGet(() -> watch.since().plus(BACK_OFF));
        return !since.plus(SurvivalPolicy.PATIENCE).isAfter(watch.now());
    }
}
