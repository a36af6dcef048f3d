package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.evidence.JobFacts;
import dev.kubesent.failure.FailureKind;
import dev.kubesent.failure.Failures;
import dev.kubesent.remedy.Survival.Failing;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Job, which may be one run of a CronJob, and the pods that are left of it. */
record JobRun(ClusterReader reader, Job job) {

    static final String SUSPENDED = "Suspended";

    private static final String QUEUE = "kueue.x-k8s.io/queue-name";

    /** All that the CronJob of this uid owns, however they came to be. */
    static List<JobRun> of(ClusterReader reader, ObjectRef cronJob) {
        return reader.list(Job.class, cronJob.namespace()).stream()
                .filter(job -> ControllerRef.of(job)
                        .filter(owner -> cronJob.uid().equals(owner.getUid()))
                        .isPresent())
                .map(job -> new JobRun(reader, job))
                .toList();
    }

    String name() {
        return job.getMetadata().getName();
    }

    /** When its controller took it; before that, when it was made. */
    Optional<Instant> begun() {
        var started = job.getStatus() == null ? null : job.getStatus().getStartTime();
        return Optional.ofNullable(started)
                .or(() -> Optional.ofNullable(job.getMetadata().getCreationTimestamp()))
                .map(Instant::parse);
    }

    /** It succeeded. */
    boolean isComplete() {
        return condition("Complete").isPresent();
    }

    /** It will try no more. Empty where it has not failed, or still tries. */
    Optional<JobCondition> failed() {
        return condition("Failed");
    }

    boolean hasEnded() {
        return isComplete() || failed().isPresent();
    }

    /** What fails once is over. */
    boolean triesOnce() {
        return Integer.valueOf(0).equals(job.getSpec().getBackoffLimit());
    }

    /**
     * Whether they are there for that long when it is over: under OnFailure its controller deletes them with their Job's last try, and all with the Job
     * itself after ttlSecondsAfterFinished.
     */
    boolean keepsItsPods(Duration time) {
        var spec = job.getSpec();
        var ttl = spec.getTtlSecondsAfterFinished();
        return "Never".equals(spec.getTemplate().getSpec().getRestartPolicy())
                && (ttl == null || ttl > time.toSeconds());
    }

    boolean isLaterThan(JobRun other) {
        return begun().flatMap(at -> other.begun().map(at::isAfter)).orElse(false);
    }

    /** Before Kubernetes 1.31 a Job was called failed while its last pods still ran. */
    boolean hasPods() {
        var status = job.getStatus();
        return status != null
                && Stream.of(status.getActive(), status.getTerminating()).anyMatch(count -> count != null && count > 0);
    }

    /** Those that have not ended, as its controller counts them. */
    boolean hasActivePods() {
        return active() > 0;
    }

    int active() {
        return counts(JobStatus::getActive);
    }

    /** All that there ever were, as far as its controller counts them. */
    int podsMade() {
        return counts(JobStatus::getActive, JobStatus::getFailed, JobStatus::getSucceeded);
    }

    @SafeVarargs
    private int counts(Function<JobStatus, @Nullable Integer>... counts) {
        var status = job.getStatus();
        return status == null
                ? 0
                : Stream.of(counts)
                        .map(count -> count.apply(status))
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .sum();
    }

    /** Its condition stays, false, when it is resumed. */
    boolean hasEverBeenSuspended() {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> SUSPENDED.equals(condition.getType()));
    }

    /** By a queue, by somebody, or because another controller's it is. */
    boolean isHeldBack() {
        return Boolean.TRUE.equals(job.getSpec().getSuspend())
                || Integer.valueOf(0).equals(job.getSpec().getParallelism())
                || isOfAnotherController()
                || pods().stream()
                        .anyMatch(pod -> !pod.getSpec().getSchedulingGates().isEmpty());
    }

    /** KEP-4368. */
    boolean isOfAnotherController() {
        var manager = job.getSpec().getManagedBy();
        return manager != null && !manager.equals("kubernetes.io/job-controller");
    }

    /** Kueue suspends and resumes the Jobs of its queues itself (kueue.sigs.k8s.io, "Run A Kubernetes Job"). */
    boolean isQueued() {
        var labels = job.getMetadata().getLabels();
        return labels != null && labels.containsKey(QUEUE);
    }

    static boolean hasBegun(Pod pod) {
        var status = pod.getStatus();
        return status != null
                && Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                        .anyMatch(JobRun::hasBegun);
    }

    static boolean hasEnded(Pod pod) {
        return hasFailed(pod) || isIn(pod, "Succeeded");
    }

    /** All of its containers have, and its phase does not say so yet: the kubelet writes that a moment later. */
    static boolean isEnding(Pod pod) {
        return !hasEnded(pod)
                && pod.getStatus() != null
                && !pod.getStatus().getContainerStatuses().isEmpty()
                && pod.getStatus().getContainerStatuses().stream()
                        .allMatch(container -> container.getState() != null
                                && container.getState().getTerminated() != null);
    }

    static boolean hasFailed(Pod pod) {
        return isIn(pod, "Failed");
    }

    private static boolean isIn(Pod pod, String phase) {
        return pod.getStatus() != null && phase.equals(pod.getStatus().getPhase());
    }

    private static boolean hasBegun(ContainerStatus container) {
        return Stream.of(container.getState(), container.getLastState())
                .filter(Objects::nonNull)
                .anyMatch(state -> state.getRunning() != null || state.getTerminated() != null);
    }

    List<Pod> pods() {
        var meta = job.getMetadata();
        return reader.list(Pod.class, meta.getNamespace(), Map.of(JobFacts.JOB_NAME, meta.getName())).stream()
                .filter(pod -> ControllerRef.isBy(pod, job))
                .toList();
    }

    /** Its first pod that shows that this container was killed for its memory. */
    Optional<Failing> killed(String container, Instant now) {
        return killed(pods(), container, now);
    }

    static Optional<Failing> killed(List<Pod> pods, String container, Instant now) {
        return pods.stream()
                .flatMap(pod -> Failures.of(pod, now).stream()
                        .filter(failure -> failure.kind() == FailureKind.OOMKilled
                                && failure.subject().container().equals(container))
                        .map(failure -> new Failing(failure, pod)))
                .findFirst();
    }

    boolean isSaidToBe(String type) {
        return condition(type).isPresent();
    }

    private Optional<JobCondition> condition(String type) {
        return Optional.ofNullable(job.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(one -> type.equals(one.getType()) && "True".equals(one.getStatus()))
                .findFirst();
    }
}
