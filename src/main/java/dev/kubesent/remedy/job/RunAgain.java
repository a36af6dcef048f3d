package dev.kubesent.remedy.job;

import dev.kubesent.change.ManualRun;
import dev.kubesent.change.TemplatePatch;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.failure.Termination;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes up for the run of a CronJob that was killed, where its annotation asks for that. */
public record RunAgain(ClusterReader reader, ClusterWriter writer, Instant now) {

    /** The kubelet's word of the kill comes a moment before the controller's of the Job; other containers may take their grace period. */
    private static final Duration TO_END = Duration.ofMinutes(2);

    /** @return its name; empty where none is to be made: nobody asks for it, or the killed run itself still tries */
    public static String name(OwnerChain.Known top, Evidence evidence, ClusterReader reader) {
        return run(top, evidence, reader)
                .filter(run -> run.failed().isPresent())
                .map(run -> ManualRun.name(top.ref(), ObjectRef.of(run.job())))
                .orElse("");
    }

    /** Whether in a moment there may be a run to make up for: the killed one tries no more, and has not ended yet. */
    public static boolean isEnding(OwnerChain.Known top, Evidence evidence, ClusterReader reader) {
        var isFresh = evidence.failure()
                .lastRun()
                .flatMap(Termination::finished)
                .filter(at -> at.plus(TO_END).isAfter(evidence.takenAt()))
                .isPresent();
        return isFresh
                && run(top, evidence, reader)
                        .filter(run -> !run.hasEnded() && run.triesOnce() && run.keepsItsPods(TO_END))
                        .isPresent();
    }

    /** The one that was killed, as it was read; empty where nobody asks for another. */
    private static Optional<JobRun> run(OwnerChain.Known top, Evidence evidence, ClusterReader reader) {
        return top.kind() == WorkloadKind.CRON_JOB && isAskedFor(top.object())
                ? evidence.owners().present().stream()
                        .flatMap(owners -> owners.links().stream())
                        .flatMap(link -> switch (link) {
                            case OwnerChain.Known known when known.kind() == WorkloadKind.JOB -> Stream.of(known);
                            case OwnerChain.Known _, OwnerChain.Unknown _, OwnerChain.Unproven _ ->
                                Stream.<OwnerChain.Known>of();
                        })
                        .findFirst()
                        .map(job -> new JobRun(reader, KubernetesJson.as(KubernetesJson.tree(job.object()), Job.class)))
                : Optional.empty();
    }

    private static boolean isAskedFor(GenericKubernetesResource cronJob) {
        var annotations = Objects.requireNonNullElse(cronJob.getMetadata().getAnnotations(), Map.<String, String>of());
        return "true".equals(annotations.get(ManualRun.ASKED_FOR));
    }

    /**
     * What the record asks for is asked of the cluster once more, as it may be forged.
     *
     * @return what is to be said of it, as the end of a sentence: the template is changed all the same
     */
    public String begin(TemplatePatch change) {
        return change.run().isEmpty()
                ? ""
                : reader.get(change.target())
                        .filter(RunAgain::isAskedFor)
                        .map(cronJob -> begin(cronJob, change))
                        .orElse("");
    }

    private String begin(GenericKubernetesResource cronJob, TemplatePatch change) {
        var all = JobRun.of(reader, ObjectRef.of(cronJob));
        var runs = all.found();
        if (!all.extent().isWhole()) {
            return "; the killed run is not run again: there are more Jobs than KubeSent reads";
        }
        if (runs.stream().anyMatch(run -> change.run().equals(run.name()))) {
            return made(change.run()); // before this act was cut short
        }
        return whyNot(cronJob, change, runs).orElseGet(() -> create(cronJob, change.run()));
    }

    private Optional<String> whyNot(GenericKubernetesResource cronJob, TemplatePatch change, List<JobRun> runs) {
        var own = ObjectRef.of(cronJob);
        var killed = runs.stream()
                .filter(run -> ManualRun.name(own, ObjectRef.of(run.job())).equals(change.run()))
                .filter(run -> run.failed().isPresent())
                .filter(run -> run.killed(change.raise().container(), now).isPresent())
                .findFirst();
        if (killed.isEmpty()) {
            return Optional.of("; the killed run is not run again: it is gone, or it still retries");
        }
        if (Boolean.TRUE.equals(cronJob.<Object>get("spec", "suspend"))) {
            return Optional.of("; the killed run is not run again while the CronJob is suspended");
        }
        if (runs.stream().anyMatch(run -> run.isComplete() && run.isLaterThan(killed.get()))) {
            return Optional.of("; the killed run is not run again, as a later run is complete");
        }
        var others = !"Allow".equals(cronJob.<Object>get("spec", "concurrencyPolicy"))
                && runs.stream().anyMatch(run -> !run.hasEnded() || run.hasPods());
        return others || killed.get().hasPods()
                ? Optional.of("; the killed run is not run again while another run is active")
                : Optional.empty();
    }

    /** Once: the next run is better in any case, and its watch waits for the end of this act. */
    private String create(GenericKubernetesResource cronJob, String name) {
        try {
            writer.create(ManualRun.of(cronJob, name));
            return made(name);
        } catch (ClusterException e) {
            return switch (e.kind()) {
                case ALREADY_EXISTS -> made(name);
                case UNREACHABLE -> throw e; // it may have been made: the act is resumed, and looks
                case BUSY, BROKEN, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, REJECTED ->
                    "; Job " + name + " could not be created: " + e.getMessage();
            };
        }
    }

    private static String made(String name) {
        return "; Job " + name + " runs the killed run again";
    }
}
