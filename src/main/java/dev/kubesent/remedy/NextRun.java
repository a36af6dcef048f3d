package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.failure.FailureKind;
import dev.kubesent.failure.Failures;
import dev.kubesent.gate.Change.MemoryRaise;
import dev.kubesent.remedy.Survival.Alive;
import dev.kubesent.remedy.Survival.Dormant;
import dev.kubesent.remedy.Survival.Failing;
import dev.kubesent.remedy.Survival.NotUp;
import dev.kubesent.remedy.Survival.Overtaken;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of a CronJob that begin after a change of its template, which may be a night or a month later: they show whether it helps. A run
 * is a Job: of its pods one may fail and the next succeed, or be evicted, and it is the Job that says how it ended.
 */
record NextRun(ClusterReader reader, GenericKubernetesResource cronJob) {

    /** A month and a day: what has not run by then is not waited for any longer. */
    private static final Duration LONGEST = Duration.ofDays(32);

    /** Set by the Job controller on its pods (batch/v1, LabelJobName). */
    private static final String JOB_NAME = "batch.kubernetes.io/job-name";

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
                .orElseGet(() -> runs.isEmpty() ? unseen(watch) : underWay(runs.getFirst(), watch));
    }

    /** Newest first. Those that began before it, or were given another limit, show nothing. */
    private List<Job> runs(MemoryRaise raise, Instant since) {
        var meta = cronJob.getMetadata();
        return reader.list(Job.class, meta.getNamespace()).stream()
                .filter(job -> job.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> meta.getUid().equals(owner.getUid())))
                .filter(job -> begun(job).filter(since::isBefore).isPresent())
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

    /** What fails for another reason is another incident's: of this one is known that it was not killed. */
    private static Optional<Survival> ended(Job run) {
        var name = run.getMetadata().getName();
        if (has(run, "Complete")) {
            return Optional.of(new Alive("the next run, Job " + name + ", is complete"));
        }
        return has(run, "Failed")
                ? Optional.of(new Alive(
                        "the next run, Job " + name + ", was not killed for its memory; it failed for another reason"))
                : Optional.empty();
    }

    /** A run whose pods cannot be made, for a quota or a policy, is worse than one that is killed. */
    private Survival underWay(Job run, Watch watch) {
        var since = begun(run).orElseThrow();
        var isStuck =
                !since.plus(watch.mustLive()).plus(SurvivalPolicy.PATIENCE).isAfter(watch.now())
                        && pods(run).isEmpty();
        var name = run.getMetadata().getName();
        return isStuck
                ? new NotUp("Job " + name + " has no pod since " + since)
                : new Dormant("the next run, Job " + name + ", is under way");
    }

    private Survival unseen(Watch watch) {
        if (Boolean.TRUE.equals(cronJob.<Object>get("spec", "suspend"))) {
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
        return new Dormant("no run has begun since; the next one has the new limit");
    }

    private List<Pod> pods(Job run) {
        var meta = run.getMetadata();
        return reader.list(Pod.class, meta.getNamespace(), Map.of(JOB_NAME, meta.getName()));
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

    private static boolean has(Job job, String condition) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(one -> condition.equals(one.getType()) && "True".equals(one.getStatus()));
    }
}
