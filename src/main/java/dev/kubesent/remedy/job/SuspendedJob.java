package dev.kubesent.remedy.job;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.change.JobPatch;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.PatchOperation.Put;
import dev.kubesent.cluster.PatchOperation.Test;
import dev.kubesent.remedy.engine.ContainerResources;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A Job that is suspended for a change of its template, and resumed with it. The mark on it names the generation that our suspension made of it:
 * whoever changes anything of its spec since, and be it to resume it, makes another, and what comes then is not ours to end.
 *
 * @param pods of it, as they were when it was read
 */
public record SuspendedJob(JobRun run, List<Pod> pods) {

    private static final String GENERATION = "/metadata/generation";

    public static Optional<SuspendedJob> of(ClusterReader reader, ObjectRef target) {
        return reader.get(Job.class, target.namespace(), target.name())
                .filter(job -> job.getMetadata().getUid().equals(target.uid()))
                .map(job -> new JobRun(reader, job))
                .map(run -> new SuspendedJob(run, run.pods()));
    }

    private Job job() {
        return run.job();
    }

    private Map<String, String> annotations() {
        return Objects.requireNonNullElse(job().getMetadata().getAnnotations(), Map.of());
    }

    boolean wasEverMarked() {
        return annotations().containsKey(JobPatch.MARK);
    }

    /** What a suspension for this limit is known by. */
    public String mark(Memory to) {
        return to + "/" + (generation() + 1);
    }

    private long generation() {
        return Objects.requireNonNullElse(job().getMetadata().getGeneration(), 1L);
    }

    /** Whether it is suspended by this very change, and nobody has touched its spec since. */
    public boolean isOurs(JobPatch change) {
        return change.mark().equals(annotations().get(JobPatch.MARK))
                && change.mark().endsWith("/" + generation())
                && isToBeSuspended();
    }

    public boolean isToBeSuspended() {
        return Boolean.TRUE.equals(job().getSpec().getSuspend());
    }

    /** Whether its controller has suspended it: before, the server takes no other resources (pkg/registry/batch/job/strategy.go). */
    public boolean isSuspended() {
        return isToBeSuspended() && run.isSaidToBe(JobRun.SUSPENDED) && !run.hasActivePods();
    }

    /** Ended, or about to. */
    public boolean hasEnded() {
        return run.hasEnded() || run.isSaidToBe("FailureTarget") || run.isSaidToBe("SuccessCriteriaMet");
    }

    /**
     * Whether a pod has ended that its controller has not counted yet. Suspended at that moment, it could be deleted uncounted, and its work
     * be done again (KEP-2307).
     */
    public boolean isUncounted() {
        return pods.stream().anyMatch(SuspendedJob::isUncounted);
    }

    /** To its controller it is an active one. */
    public static boolean isUncounted(Pod pod) {
        return JobRun.isEnding(pod)
                || JobRun.hasEnded(pod)
                        && pod.getMetadata().getFinalizers().contains("batch.kubernetes.io/job-tracking");
    }

    /** A template without a limit has what the namespace's LimitRange gives, which it was raised from. */
    public boolean has(Memory limit, JobPatch change) {
        var without = change.takesOut() ? change.raise().to() : change.raise().from();
        return limit(change.raise().container()).orElse(without).equals(limit);
    }

    public Optional<Memory> limit(String container) {
        return ContainerResources.inTemplate(job(), container).flatMap(ContainerResources::limit);
    }

    /** Refused whole where its spec has changed since; without annotations, where anything has, as one could be lost otherwise. */
    public List<PatchOperation> suspension(String mark) {
        var meta = job().getMetadata();
        var patch = new ArrayList<PatchOperation>();
        patch.add(new Test("/metadata/uid", TextNode.valueOf(meta.getUid())));
        patch.add(new Test(GENERATION, LongNode.valueOf(generation())));
        var text = TextNode.valueOf(mark);
        if (annotations().isEmpty()) {
            patch.add(new Test("/metadata/resourceVersion", TextNode.valueOf(meta.getResourceVersion())));
            patch.add(new Put(
                    JobPatch.ANNOTATIONS, JsonNodeFactory.instance.objectNode().set(JobPatch.MARK, text)));
        } else {
            patch.add(new Put(JobPatch.MARK_PATH, text));
        }
        patch.add(new Put(JobPatch.SUSPEND, BooleanNode.TRUE));
        return List.copyOf(patch);
    }

    /** @param operations of the template; none leaves it as it was */
    public List<PatchOperation> resumption(JobPatch change, List<PatchOperation> operations) {
        var patch = new ArrayList<PatchOperation>();
        patch.add(new Test("/metadata/uid", TextNode.valueOf(change.target().uid())));
        patch.add(new Test(GENERATION, LongNode.valueOf(generation())));
        patch.add(new Test(JobPatch.MARK_PATH, TextNode.valueOf(change.mark())));
        patch.addAll(operations);
        patch.add(new Put(JobPatch.SUSPEND, BooleanNode.FALSE));
        return List.copyOf(patch);
    }
}
