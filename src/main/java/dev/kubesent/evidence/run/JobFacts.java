package dev.kubesent.evidence.run;

import dev.kubesent.evidence.ObservedEvent;
import java.util.List;

/**
 * What is beside a pod of a Job: the pods that the same Job made, and what is told of the Job and its CronJob.
 *
 * @param pods newest first, a few at most
 */
public record JobFacts(List<JobPod> pods, List<ObservedEvent> ofTheJob, List<ObservedEvent> ofTheCronJob) {

    /** Set by the Job controller on its pods (batch/v1, LabelJobName). */
    public static final String JOB_NAME = "batch.kubernetes.io/job-name";

    public static final JobFacts NONE = new JobFacts(List.of(), List.of(), List.of());

    public JobFacts {
        pods = List.copyOf(pods);
        ofTheJob = List.copyOf(ofTheJob);
        ofTheCronJob = List.copyOf(ofTheCronJob);
    }

    /** @param end how its container ended, or why it waits; empty where it runs */
    public record JobPod(String name, String phase, String end) {

        @Override
        public String toString() {
            return end.isEmpty() ? name + " " + phase : name + " " + phase + " (" + end + ")";
        }
    }
}
