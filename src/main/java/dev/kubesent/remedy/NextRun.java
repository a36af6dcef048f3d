package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.evidence.JobFacts;
import dev.kubesent.failure.FailureKind;
import dev.kubesent.failure.Failures;
import dev.kubesent.gate.Change.MemoryRaise;
import dev.kubesent.remedy.Survival.Alive;
import dev.kubesent.remedy.Survival.Dormant;
import dev.kubesent.remedy.Survival.Failing;
import dev.kubesent.remedy.Survival.NotUp;
import dev.kubesent.remedy.Survival.Overtaken;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs of a CronJob that begin after a change of its template, which may be a night or a month later: they show whether it helps. A run
 * is a Job: of its pods one may fail and the next succeed, or be evicted, and it is the Job that says how it ended.
 */
record NextRun(ClusterReader reader, GenericKubernetesResource cronJob) {

    /** A month and a day: what has not run by then is not waited for any longer. */
    private static final Duration LONGEST = Duration.ofDays(32);

    /** A run that makes up for another is made within the act, whose time is that of its end; the limit tells it from earlier ones. */
    private static final Duration MADE_MEANWHILE = Duration.ofMinutes(1);

    Survival verify(MemoryRaise raise, Watch watch) {
        var runs = runs(raise, watch.since());
        var killed = runs.stream()
                .flatMap(run -> killed(run, raise, watch.now()).stream())
                .findFirst();
        if (killed.isPresent()) {
            return killed.get();
        }
        return runs.stream()
                .flatMap(run -> ended(run).stream())
                .findFirst()
                .or(() ->
                        runs.stream().filter(run -> !hasEnded(run)).findFirst().flatMap(run -> stuck(run, watch)))
                .orElseGet(() -> open(runs, watch));
    }

    /** Newest first. Those that began before it, or were given another limit, show nothing. */
    private List<Job> runs(MemoryRaise raise, Instant since) {
        var meta = cronJob.getMetadata();
        return reader.list(Job.class, meta.getNamespace()).stream()
                .filter(job -> job.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> meta.getUid().equals(owner.getUid())))
                .filter(job ->
                        begun(job).filter(since.minus(MADE_MEANWHILE)::isBefore).isPresent())
                .filter(job -> ContainerResources.inTemplate(job, raise.container())
                        .flatMap(ContainerResources::limit)
                        .filter(raise.to()::equals)
                        .isPresent())
                .sorted(Comparator.comparing((Job job) -> begun(job).orElseThrow())
                        .reversed())
                .toList();
    }

    private Optional<Survival> killed(Job run, MemoryRaise raise, Instant now) {
        return pods(run).stream()
                .flatMap(pod -> Failures.of(pod, now).stream()
                        .filter(failure -> failure.kind() == FailureKind.OOMKilled
                                && failure.subject().container().equals(raise.container()))
                        .map(failure -> new Failing(failure, pod)))
                .<Survival>map(failing -> failing)
                .findFirst();
    }

    /**
     * What fails for another reason is another incident's: of this one is known that it was not killed. Where no pod is left (the Job
     * controller deletes them at the deadline, and under OnFailure at the backoff limit), nothing of that is known.
     */
    private Optional<Survival> ended(Job run) {
        var name = run.getMetadata().getName();
        if (condition(run, "Complete").isPresent()) {
            return Optional.of(new Alive("the next run, Job " + name + ", is complete"));
        }
        return condition(run, "Failed").flatMap(failed -> {
            if (pods(run).stream().anyMatch(NextRun::hasBegun)) {
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

    private static boolean hasEnded(Job run) {
        return condition(run, "Complete").isPresent()
                || condition(run, "Failed").isPresent();
    }

    /** A run whose pods cannot be made, or find no place, is worse than one that is killed. */
    private Optional<Survival> stuck(Job run, Watch watch) {
        var since = begun(run).orElseThrow();
        var isLong = !since.plus(watch.mustLive()).plus(SurvivalPolicy.PATIENCE).isAfter(watch.now());
        return isLong && !isHeldBack(run) && !hasBegun(run)
                ? Optional.of(new NotUp("Job %s has no pod that began, since %s"
                        .formatted(run.getMetadata().getName(), since)))
                : Optional.empty();
    }

    /** By a queue (Kueue suspends Jobs and gates their pods), by somebody, or because another controller's it is (KEP-4368). */
    private boolean isHeldBack(Job run) {
        var spec = run.getSpec();
        var manager = spec.getManagedBy();
        return Boolean.TRUE.equals(spec.getSuspend())
                || manager != null && !manager.equals("kubernetes.io/job-controller")
                || pods(run).stream()
                        .anyMatch(pod -> !pod.getSpec().getSchedulingGates().isEmpty());
    }

    /** By its pods; by its counts, where those are gone. */
    private boolean hasBegun(Job run) {
        var status = run.getStatus();
        var left = pods(run);
        return left.isEmpty() && status != null
                ? Stream.of(status.getActive(), status.getFailed(), status.getSucceeded())
                        .anyMatch(count -> count != null && count > 0)
                : left.stream().anyMatch(NextRun::hasBegun);
    }

    private static boolean hasBegun(Pod pod) {
        var status = pod.getStatus();
        return status != null
                && Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                        .anyMatch(NextRun::hasBegun);
    }

    private static boolean hasBegun(ContainerStatus container) {
        return Stream.of(container.getState(), container.getLastState())
                .filter(Objects::nonNull)
                .anyMatch(state -> state.getRunning() != null || state.getTerminated() != null);
    }

    /** Nothing is known yet. */
    private Survival open(List<Job> runs, Watch watch) {
        if (Boolean.TRUE.equals(cronJob.<Object>get("spec", "suspend"))
                && runs.stream().allMatch(NextRun::hasEnded)) {
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
                        : "Job " + runs.getFirst().getMetadata().getName() + " has not shown it yet");
    }

    private List<Pod> pods(Job run) {
        var meta = run.getMetadata();
        return reader.list(Pod.class, meta.getNamespace(), Map.of(JobFacts.JOB_NAME, meta.getName()));
    }

    private Optional<Instant> time(String field) {
        return cronJob.<Object>get("status", field) instanceof String text
                ? Optional.of(Instant.parse(text))
                : Optional.empty();
    }

    /** When its controller took it; before that, when it was made. */
    private static Optional<Instant> begun(Job job) {
        var started = job.getStatus() == null ? null : job.getStatus().getStartTime();
        return Optional.ofNullable(started)
                .or(() -> Optional.ofNullable(job.getMetadata().getCreationTimestamp()))
                .map(Instant::parse);
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        return Optional.ofNullable(job.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(one -> type.equals(one.getType()) && "True".equals(one.getStatus()))
                .findFirst();
    }
}
