package dev.kubesent.remedy.job;

import dev.kubesent.change.TemplatePatch;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.remedy.engine.ContainerResources;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Survival.Alive;
import dev.kubesent.remedy.engine.Survival.Dormant;
import dev.kubesent.remedy.engine.Survival.NotUp;
import dev.kubesent.remedy.engine.Survival.Overtaken;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import dev.kubesent.remedy.engine.Watch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs of a CronJob that begin after a change of its template, which may be a night or a month later: they show whether it helps. A run
 * is a Job: of its pods one may fail and the next succeed, or be evicted, and it is the Job that says how it ended.
 */
public record NextRun(ClusterReader reader, GenericKubernetesResource cronJob) {

    /** A month and a day: what has not run by then is not waited for any longer. */
    public static final Duration LONGEST = Duration.ofDays(32);

    public Survival verify(TemplatePatch made, Watch watch) {
        var container = made.raise().container();
        var runs = runs(made, watch.since());
        var killed = runs.stream()
                .<Survival>flatMap(run -> run.killed(container, watch.now()).stream())
                .findFirst();
        if (killed.isPresent()) {
            return killed.get();
        }
        return runs.stream()
                .flatMap(run -> ended(run).stream())
                .findFirst()
                .or(() ->
                        runs.stream().filter(run -> !run.hasEnded()).findFirst().flatMap(run -> stuck(run, watch)))
                .orElseGet(() -> open(runs, watch));
    }

    /** Newest first. Those that began before it, or were given another limit, show nothing; the one that was made within the act does. */
    private List<JobRun> runs(TemplatePatch made, Instant since) {
        var raise = made.raise();
        return JobRun.of(reader, ObjectRef.of(cronJob)).found().stream()
                .filter(run -> run.name().equals(made.run())
                        || run.begun().filter(since::isBefore).isPresent())
                .filter(run -> ContainerResources.inTemplate(run.job(), raise.container())
                        .flatMap(ContainerResources::limit)
                        .filter(raise.to()::equals)
                        .isPresent())
                .sorted(Comparator.comparing((JobRun run) -> run.begun().orElseThrow())
                        .reversed())
                .toList();
    }

    /**
     * What fails for another reason is another incident's: of this one is known that it was not killed. Where no pod is left (the Job
     * controller deletes them at the deadline, and under OnFailure at the backoff limit), nothing of that is known.
     */
    private Optional<Survival> ended(JobRun run) {
        var name = run.name();
        if (run.isComplete()) {
            return Optional.of(new Alive("the next run, Job " + name + ", is complete"));
        }
        return run.failed().flatMap(failed -> {
            if (run.hasTooMany()) {
                return Optional.of(new Overtaken(
                        "the next run, Job %s, failed, and has had too many pods to look at".formatted(name)));
            }
            if (run.pods().stream().anyMatch(JobRun::hasBegun)) {
                return Optional.of(new Alive(
                        "the next run, Job " + name + ", was not killed for its memory; it failed for another reason"));
            }
            // It may never have had a place: what cannot be told is taken back.
            return "DeadlineExceeded".equals(failed.getReason())
                    ? Optional.of(new NotUp(
                            "the next run, Job " + name + ", came to its deadline, and left no pod that began"))
                    : Optional.empty();
        });
    }

    /** A run whose pods cannot be made, or find no place, is worse than one that is killed. */
    private Optional<Survival> stuck(JobRun run, Watch watch) {
        var since = run.begun().orElseThrow();
        var isLong = !since.plus(watch.mustLive()).plus(SurvivalPolicy.PATIENCE).isAfter(watch.now());
        return isLong && !run.isHeldBack() && !hasBegun(run)
                ? Optional.of(new NotUp("Job %s has no pod that began, since %s".formatted(run.name(), since)))
                : Optional.empty();
    }

    /** By its pods; by its counts, where those are gone. */
    private boolean hasBegun(JobRun run) {
        var status = run.job().getStatus();
        var left = run.pods();
        return left.isEmpty() && status != null
                ? Stream.of(status.getActive(), status.getFailed(), status.getSucceeded())
                        .anyMatch(count -> count != null && count > 0)
                : left.stream().anyMatch(JobRun::hasBegun);
    }

    /** Nothing is known yet. */
    private Survival open(List<JobRun> runs, Watch watch) {
        if (Boolean.TRUE.equals(cronJob.<Object>get("spec", "suspend"))
                && runs.stream().allMatch(JobRun::hasEnded)) {
            return new Overtaken(cronJob.getMetadata().getName() + " was suspended before a run could show it");
        }
        var scheduled = time("lastScheduleTime").filter(watch.since()::isBefore);
        var succeeded = time("lastSuccessfulTime")
                .filter(end -> scheduled.filter(begin -> !end.isBefore(begin)).isPresent());
        if (succeeded.isPresent()) {
            // Its Job is gone before anybody looked (ttlSecondsAfterFinished, history limits).
            return new Alive("the run that was scheduled after it succeeded at " + succeeded.get());
        }
        if (!watch.since().plus(LONGEST).isAfter(watch.now())) {
            return new Overtaken("no run has shown it in " + LONGEST.toDays() + " days");
        }
        return new Dormant(
                runs.isEmpty()
                        ? "no run has begun since; the next one has the new limit"
                        : "Job " + runs.getFirst().name() + " has not shown it yet");
    }

    private Optional<Instant> time(String field) {
        return cronJob.<Object>get("status", field) instanceof String text
                ? Optional.of(Instant.parse(text))
                : Optional.empty();
    }
}
