package dev.kubesent.remedy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.PatchOperation.Put;
import dev.kubesent.cluster.PatchOperation.Remove;
import dev.kubesent.cluster.PatchOperation.Test;
import dev.kubesent.gate.JobPatch;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Job that is suspended for a change of its template, and resumed with it. Suspending a Job deletes its pods that have not ended, so it is done only
 * while none of them works. A mark on the Job tells our suspension from anybody else's, in the same patch that suspends it.
 */
record SuspendedJob(JobRun run) {

    /** On the Job while it is suspended: the memory limit that it is to be resumed with. */
    static final String MARK = "kubesent.dev/suspended-for";

    private static final String ANNOTATIONS = "/metadata/annotations";
    private static final String MARK_PATH = ANNOTATIONS + "/kubesent.dev~1suspended-for";

    /** batch/v1, where none is set. */
    private static final int DEFAULT_BACKOFF_LIMIT = 6;

    static Optional<SuspendedJob> of(ClusterReader reader, ObjectRef target) {
        return reader.get(Job.class, target.namespace(), target.name())
                .filter(job -> job.getMetadata().getUid().equals(target.uid()))
                .map(job -> new SuspendedJob(new JobRun(reader, job)));
    }

    private Job job() {
        return run.job();
    }

    boolean isMarked(Memory to) {
        return to.toString().equals(annotations().get(MARK));
    }

    private Map<String, String> annotations() {
        return Objects.requireNonNullElse(job().getMetadata().getAnnotations(), Map.of());
    }

    /** Whether its controller has suspended it: before, the server takes no other resources (pkg/registry/batch/job/strategy.go). */
    boolean isSuspended() {
        return Boolean.TRUE.equals(job().getSpec().getSuspend()) && run.isSaidToBe("Suspended") && !run.hasActivePods();
    }

    /** A template without a limit has what the namespace's LimitRange gives, which it was raised from. */
    boolean has(Memory limit, JobPatch change) {
        var without = change.takesOut() ? change.raise().to() : change.raise().from();
        return limit(change.raise().container()).orElse(without).equals(limit);
    }

    Optional<Memory> limit(String container) {
        return ContainerResources.inTemplate(job(), container).flatMap(ContainerResources::limit);
    }

    /** Why it is not to be suspended by us at all. Empty where it may, as soon as {@link #working} says so. */
    Optional<String> whyNot() {
        var spec = job().getSpec();
        if (hasEnded()) {
            return Optional.of("it has ended");
        }
        if (Boolean.TRUE.equals(spec.getSuspend())) {
            return Optional.of("somebody has suspended it");
        }
        if (run.isOfAnotherController() || run.isQueued()) {
            return Optional.of("when it runs is for another controller to say");
        }
        if (!"Never".equals(spec.getTemplate().getSpec().getRestartPolicy())) {
            return Optional.of("its pods are restarted in place, and would be lost with what they hold");
        }
        if (spec.getBackoffLimitPerIndex() != null) {
            return Optional.of("its tries are counted for each index");
        }
        return tries() > Objects.requireNonNullElse(spec.getBackoffLimit(), DEFAULT_BACKOFF_LIMIT)
                ? Optional.of("this was its last try")
                : Optional.empty();
    }

    /** Ended, or about to. */
    boolean hasEnded() {
        return run.hasEnded() || run.isSaidToBe("FailureTarget") || run.isSaidToBe("SuccessCriteriaMet");
    }

    /** Failed ones; the kubelet's word of one comes a moment before the controller's. */
    private long tries() {
        var status = job().getStatus();
        var counted = status == null ? 0 : Objects.requireNonNullElse(status.getFailed(), 0);
        var seen =
                run.pods().stream().filter(pod -> "Failed".equals(phase(pod))).count();
        return Math.max(counted, seen);
    }

    /** A pod that would lose what it has done. */
    Optional<String> working() {
        return run.pods().stream()
                .filter(SuspendedJob::works)
                .findFirst()
                .map(pod -> pod.getMetadata().getName());
    }

    private static boolean works(Pod pod) {
        var status = pod.getStatus();
        return status != null
                && !List.of("Succeeded", "Failed").contains(phase(pod))
                && Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                        .map(ContainerStatus::getState)
                        .anyMatch(state -> state != null && state.getRunning() != null);
    }

    private static String phase(Pod pod) {
        return pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
    }

    /** Refused whole where anything of it has changed since it was read: an annotation could be lost otherwise. */
    List<PatchOperation> suspend(JobPatch change) {
        var patch = new ArrayList<>(change.suspension());
        patch.addFirst(new Test(
                "/metadata/resourceVersion",
                TextNode.valueOf(job().getMetadata().getResourceVersion())));
        var to = TextNode.valueOf(change.raise().to().toString());
        patch.add(
                annotations().isEmpty()
                        ? new Put(
                                ANNOTATIONS,
                                JsonNodeFactory.instance.objectNode().set(MARK, to))
                        : new Put(MARK_PATH, to));
        return List.copyOf(patch);
    }

    /** @param operations of the template; none leaves it as it was */
    static List<PatchOperation> resume(JobPatch change, List<PatchOperation> operations) {
        var patch = new ArrayList<PatchOperation>();
        patch.add(new Test("/metadata/uid", TextNode.valueOf(change.target().uid())));
        patch.add(new Test(MARK_PATH, TextNode.valueOf(change.raise().to().toString())));
        patch.addAll(operations);
        patch.add(new Remove(MARK_PATH));
        patch.add(new Put(JobPatch.SUSPEND, BooleanNode.FALSE));
        return List.copyOf(patch);
    }
}
