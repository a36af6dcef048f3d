package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.gate.Change.TemplatePatch;
import dev.kubesent.gate.ManualRun;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes up for the run of a CronJob that was killed, where its annotation asks for that. */
record RunAgain(ClusterReader reader, ClusterWriter writer) {

    private static final Set<String> FINISHED = Set.of("Failed", "Complete");

    /** @return its name; empty where none is to be made: nobody asks for it, or the killed run itself still tries */
    static String name(OwnerChain.Known top, Evidence evidence) {
        return top.kind() == WorkloadKind.CRON_JOB && isAskedFor(top.object())
                ? failed(evidence)
                        .filter(job -> isEnded(KubernetesJson.as(KubernetesJson.tree(job.object()), Job.class)))
                        .map(job -> ManualRun.name(top.ref(), job.ref()))
                        .orElse("")
                : "";
    }

    private static Optional<OwnerChain.Known> failed(Evidence evidence) {
        return evidence.owners().present().stream()
                .flatMap(owners -> owners.links().stream())
                .flatMap(link -> switch (link) {
                    case OwnerChain.Known known when known.kind() == WorkloadKind.JOB -> Stream.of(known);
                    case OwnerChain.Known _, OwnerChain.Unknown _ -> Stream.<OwnerChain.Known>of();
                })
                .findFirst();
    }

    private static boolean isAskedFor(GenericKubernetesResource cronJob) {
        var annotations = Objects.requireNonNullElse(cronJob.getMetadata().getAnnotations(), Map.<String, String>of());
        return "true".equals(annotations.get(ManualRun.ASKED_FOR));
    }

    /** Whether it will try no more. */
    private static boolean isEnded(Job job) {
        var limit = job.getSpec().getBackoffLimit();
        return limit != null && limit == 0 || isFinished(job);
    }

    private static boolean isFinished(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                FINISHED.contains(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /**
     * What the record asks for is asked of the cluster once more, as it may be forged.
     *
     * @return what is to be said of it, as the end of a sentence: the template is changed all the same
     */
    String begin(TemplatePatch change) {
        return change.run().isEmpty()
                ? ""
                : reader.get(change.target())
                        .filter(RunAgain::isAskedFor)
                        .map(cronJob -> begin(cronJob, change.run()))
                        .orElse("");
    }

    private String begin(GenericKubernetesResource cronJob, String name) {
        var own = ObjectRef.of(cronJob);
        var jobs = reader.list(Job.class, own.namespace()).stream()
                .filter(job -> job.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(own.uid())))
                .toList();
        if (jobs.stream().anyMatch(job -> name.equals(job.getMetadata().getName()))) {
            return "; Job " + name + " makes up for it"; // made before this act was cut short
        }
        var failed = jobs.stream()
                .filter(job -> ManualRun.name(own, ObjectRef.of(job)).equals(name) && isEnded(job))
                .findFirst();
        if (failed.isEmpty()) {
            return "; the run that was killed is not there any more, or still tries";
        }
        var others = jobs.stream()
                .filter(job -> job != failed.get() && !isFinished(job))
                .count();
        if (others > 0 && !"Allow".equals(cronJob.<Object>get("spec", "concurrencyPolicy"))) {
            return "; another run is active, and is not joined";
        }
        try {
            writer.create(ManualRun.of(cronJob, name));
            return "; Job " + name + " makes up for it";
        } catch (ClusterException e) {
            return told(name, e);
        }
    }

    private static String told(String name, ClusterException e) {
        return switch (e.kind()) {
            case ALREADY_EXISTS -> "; Job " + name + " makes up for it";
            case UNREACHABLE, BUSY, BROKEN -> throw e;
            case UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, REJECTED ->
                "; Job " + name + " could not be made: " + e.getMessage();
        };
    }
}
