package dev.kubesent.remedy;

import dev.kubesent.gate.Change.MemoryRaise;
import dev.kubesent.remedy.Survival.Alive;
import dev.kubesent.remedy.Survival.Dormant;
import dev.kubesent.remedy.Survival.NotUp;
import dev.kubesent.remedy.Survival.Overtaken;
import dev.kubesent.remedy.Survival.Watching;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** The pods that a Job makes after its template was changed: they show whether that helps, by how they end, and the last one was killed after hours perhaps. */
record NextTry(JobRun run, MemoryRaise raise) {

    Survival verify(Watch watch) {
        if (!has(ContainerResources.inTemplate(run.job(), raise.container()))) {
            return new Overtaken("somebody has changed the template of Job " + run.name() + " since");
        }
        var pods = run.pods().stream()
                .filter(pod -> has(ContainerResources.inPod(pod, raise.container())))
                .toList();
        return JobRun.killed(pods, raise.container(), watch.now())
                .<Survival>map(killed -> killed)
                .or(() -> ended(pods))
                .orElseGet(() -> open(pods, watch));
    }

    private boolean has(Optional<ContainerResources> resources) {
        return resources
                .flatMap(ContainerResources::limit)
                .filter(raise.to()::equals)
                .isPresent();
    }

    /** What fails for another reason is another incident's. */
    private Optional<Survival> ended(List<Pod> pods) {
        if (run.isComplete()) {
            return Optional.of(new Alive("Job " + run.name() + " is complete"));
        }
        var succeeded = pods.stream().filter(JobRun::hasSucceeded).findFirst();
        if (succeeded.isPresent()) {
            return Optional.of(
                    new Alive("its next try, " + succeeded.get().getMetadata().getName() + ", succeeded"));
        }
        return run.failed()
                .map(failed -> pods.stream().anyMatch(JobRun::hasBegun)
                        ? new Alive(
                                "Job " + run.name() + " was not killed for its memory; it failed for another reason")
                        : new Overtaken("Job %s has ended (%s) before a try could show it"
                                .formatted(run.name(), failed.getReason())));
    }

    private Survival open(List<Pod> pods, Watch watch) {
        if (run.isHeldBack()) {
            return new Dormant("Job " + run.name() + " is held back; its next try has the new limit");
        }
        if (watch.isOver() && pods.stream().noneMatch(JobRun::hasBegun)) {
            return new NotUp("no try of Job %s has begun with it".formatted(run.name()));
        }
        return watch.since().plus(NextRun.LONGEST).isAfter(watch.now())
                ? new Watching("Job " + run.name() + " has not ended yet")
                : new Overtaken("Job %s has not ended in %d days".formatted(run.name(), NextRun.LONGEST.toDays()));
    }
}
