package dev.kubesent.remedy.job;

import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Selection;
import dev.kubesent.evidence.run.JobFacts;
import dev.kubesent.failure.Failures;
import dev.kubesent.remedy.engine.Survival.Failing;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Job, which may be one run of a CronJob, and the pods that are left of it. */
public record JobRun(ClusterReader reader, Job job) {

    static final String SUSPENDED = "Suspended";

    /** Of a namespace, to find those of one CronJob among them: they bear no label of it. */
    private static final int MOST_JOBS = 5_000;

    /** Of one CronJob: it keeps four, unless it is told otherwise. */
    private static final int MOST_RUNS = 200;

    /** Of one Job, with those that have failed. */
    static final int MOST_PODS = 500;

    private static final String QUEUE = "kueue.x-k8s.io/queue-name";

    /** All that the CronJob of this uid owns, however they came to be. */
    public static Runs of(ClusterReader reader, ObjectRef cronJob) {
        var runs = new ArrayList<JobRun>();
        var extent = reader.each(Job.class, Selection.of(cronJob.namespace()), Bound.of(MOST_JOBS), job -> {
            if (isControlledBy(job, cronJob.uid())) {
                job.getMetadata().setManagedFields(List.of());
                runs.add(new JobRun(reader, job));
            }
        });
        var kept = runs.stream().limit(MOST_RUNS).toList();
        return new Runs(kept, kept.size() == runs.size() ? extent : Extent.CUT);
    }

    /** @param extent of the namespace's Jobs, which had to be looked through for them */
    public record Runs(List<JobRun> found, Extent extent) {}

    private static boolean isControlledBy(HasMetadata object, String uid) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()) && uid.equals(owner.getUid()));
    }

    public String name() {
        return job.getMetadata().getName();
    }

    /** When its controller took it; before that, when it was made. */
    public Optional<Instant> begun() {
        var started = job.getStatus() == null ? null : job.getStatus().getStartTime();
        return Optional.ofNullable(started)
                .or(() -> Optional.ofNullable(job.getMetadata().getCreationTimestamp()))
                .map(Instant::parse);
    }

    /** It succeeded. */
    public boolean isComplete() {
        return condition("Complete").isPresent();
    }

    /** It will try no more. Empty where it has not failed, or still tries. */
    public Optional<JobCondition> failed() {
        return condition("Failed");
    }

    public boolean hasEnded() {
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
    public boolean isHeldBack() {
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

    public static boolean hasBegun(Pod pod) {
        var status = pod.getStatus();
        return status != null
                && Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                        .anyMatch(JobRun::hasBegun);
    }

    public static boolean hasEnded(Pod pod) {
        return hasFailed(pod) || isIn(pod, "Succeeded");
    }

    /** All of its containers have, and its phase does not say so yet: the kubelet writes that a moment later. */
    public static boolean isEnding(Pod pod) {
        return !hasEnded(pod)
                && pod.getStatus() != null
                && !pod.getStatus().getContainerStatuses().isEmpty()
                && pod.getStatus().getContainerStatuses().stream()
                        .allMatch(container -> container.getState() != null
                                && container.getState().getTerminated() != null);
    }

    public static boolean hasFailed(Pod pod) {
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

    /** The first of them by name, as many as can be kept, and without what takes up room and says nothing of how they do. */
    public List<Pod> pods() {
        var meta = job.getMetadata();
        var which = Selection.of(meta.getNamespace()).labelled(Map.of(JobFacts.JOB_NAME, meta.getName()));
        var pods = new ArrayList<Pod>();
        reader.each(Pod.class, which, Bound.of(2 * MOST_PODS), pod -> {
            if (isControlledBy(pod, meta.getUid()) && pods.size() < MOST_PODS) {
                pods.add(SlimPod.of(pod));
            }
        });
        return List.copyOf(pods);
    }

    /** Whether it has had more pods than are looked at: then what is not seen may have been. */
    public boolean hasTooMany() {
        return podsMade() > MOST_PODS;
    }

    /** Its first pod that shows that this container was killed for its memory. */
    public Optional<Failing> killed(String container, Instant now) {
        return killed(pods(), container, now);
    }

    public static Optional<Failing> killed(List<Pod> pods, String container, Instant now) {
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
