package dev.kubesent.testing;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.Optional;
import java.util.Set;

/** The real one's part where there is none: what it says of a Job that was suspended, and deletes of it (seen with Kubernetes 1.36.3). */
final class JobController {

    private static final String SUSPENDED = "Suspended";

    private JobController() {}

    /** Empty where nothing is to be said. */
    static Optional<Job> suspended(Job job) {
        var isAsked = Boolean.TRUE.equals(job.getSpec().getSuspend());
        return isAsked && !isTold(job) && !isDown(job)
                ? Optional.of(new JobBuilder(job)
                        .editOrNewStatus()
                        .withActive(null)
                        .withStartTime(null)
                        .removeMatchingFromConditions(condition -> SUSPENDED.equals(condition.getType()))
                        .addNewCondition()
                        .withType(SUSPENDED)
                        .withStatus("True")
                        .withReason("JobSuspended")
                        .withMessage("Job suspended")
                        .endCondition()
                        .endStatus()
                        .build())
                : Optional.empty();
    }

    /** That have not ended. */
    static boolean deletes(Job job, Pod pod) {
        var phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return !Set.of("Succeeded", "Failed").contains(phase)
                && pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(
                                owner -> owner.getUid().equals(job.getMetadata().getUid()));
    }

    private static boolean isTold(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                SUSPENDED.equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static boolean isDown(Job job) {
        var labels = job.getMetadata().getLabels();
        return labels != null && "down".equals(labels.get("example.com/controller"));
    }
}
