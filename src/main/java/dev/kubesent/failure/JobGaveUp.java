package dev.kubesent.failure;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.failure.LostRun.Ending;
import dev.kubesent.failure.LostRun.GaveUp;
import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A Job that has failed. Whether a pod of it is left that says why, its pods show. */
public final class JobGaveUp {

    /** A Job stays until somebody deletes it, or its ttlSecondsAfterFinished: what failed before that is nobody's news. */
    private static final Duration NEWS = Duration.ofDays(1);

    private JobGaveUp() {}

    public static Optional<LostRun> detect(Job job, Instant now) {
        if (job.getStatus() == null || job.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(condition -> "Failed".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .filter(condition -> condition.getLastTransitionTime() != null)
                .findFirst()
                .<LostRun>map(condition -> gaveUp(job, condition))
                .filter(run -> run.at().plus(NEWS).isAfter(now));
    }

    private static GaveUp gaveUp(Job job, JobCondition condition) {
        var reason = Objects.requireNonNullElse(condition.getReason(), "");
        return new GaveUp(
                ObjectRef.of(job),
                ending(reason),
                reason + ": " + ForeignText.message(condition.getMessage()),
                Instant.parse(condition.getLastTransitionTime()));
    }

    private static Ending ending(String reason) {
        return switch (reason) {
            case "DeadlineExceeded" -> Ending.DEADLINE_EXCEEDED;
            case "BackoffLimitExceeded" -> Ending.BACKOFF_LIMIT_EXCEEDED;
            default -> Ending.OTHER;
        };
    }
}
