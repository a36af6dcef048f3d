package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.gate.Change.TemplatePatch;
import dev.kubesent.gate.ManualRun;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes up for the run of a CronJob that was killed, where its annotation asks for that. */
record RunAgain(ClusterReader reader, ClusterWriter writer) {

    /** @return its name; empty where none is to be made: nobody asks for it, or another run is active and may not be joined */
    static String name(OwnerChain.Known top, Evidence evidence) {
        return top.kind() == WorkloadKind.CRON_JOB && isAskedFor(top)
                ? failed(evidence)
                        .filter(job -> !isTaken(top, job))
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

    private static boolean isAskedFor(OwnerChain.Known cronJob) {
        var annotations =
                Objects.requireNonNullElse(cronJob.object().getMetadata().getAnnotations(), Map.<String, String>of());
        return "true".equals(annotations.get(ManualRun.ASKED_FOR));
    }

    /** The CronJob's status still names the failed one for a while. */
    private static boolean isTaken(OwnerChain.Known cronJob, OwnerChain.Known failed) {
        var others = cronJob.object().<Object>get("status", "active") instanceof List<?> active
                ? active.stream()
                        .filter(one -> !isEnded(failed) || !isNamed(one, failed))
                        .count()
                : 0;
        return others > 0 && !"Allow".equals(cronJob.object().<Object>get("spec", "concurrencyPolicy"));
    }

    private static boolean isNamed(Object reference, OwnerChain.Known job) {
        return reference instanceof Map<?, ?> fields && job.ref().name().equals(fields.get("name"));
    }

    /** Whether it will try no more. */
    private static boolean isEnded(OwnerChain.Known job) {
        var triesOnce =
                job.object().<Object>get("spec", "backoffLimit") instanceof Number limit && limit.intValue() == 0;
        var hasFailed = job.object().<Object>get("status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(one -> one instanceof Map<?, ?> condition
                                && "Failed".equals(condition.get("type"))
                                && "True".equals(condition.get("status")));
        return triesOnce || hasFailed;
    }

    /** @return what is to be said of it, as the end of a sentence: the template is changed all the same */
    String begin(TemplatePatch change) {
        if (change.run().isEmpty()) {
            return "";
        }
        return reader.get(change.target())
                .map(cronJob -> ManualRun.of(cronJob, change.run()))
                .map(job -> {
                    try {
                        writer.create(job);
                        return Optional.<ClusterException>empty();
                    } catch (ClusterException e) {
                        return Optional.of(e);
                    }
                })
                .map(refused -> refused.map(e -> told(change, e)).orElse("; Job " + change.run() + " makes up for it"))
                .orElse("");
    }

    private static String told(TemplatePatch change, ClusterException e) {
        return switch (e.kind()) {
            case ALREADY_EXISTS -> "; Job " + change.run() + " makes up for it";
            case UNREACHABLE, BUSY, BROKEN -> throw e;
            case UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, REJECTED ->
                "; Job " + change.run() + " could not be made: " + e.getMessage();
        };
    }
}
