package dev.kubesent.failure;

import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.cluster.ObjectRef;
import java.time.Instant;

/** What fails and has no pod to look at: a run that failed or never began, or pods that may not be created. */
public sealed interface LostRun {

    /** The Job, the CronJob, or the workload. */
    ObjectRef of();

    FailureKind kind();

    /** When it was last told; of what may not be created, since when. */
    Instant at();

    /** Whether a pod of it that is gone may have told of it already. */
    default boolean mayHaveHadAPod() {
        return switch (this) {
            case GaveUp _, NotBegun _ -> true;
            case NotCreated _ -> false;
        };
    }

    /** What Kubernetes says. */
    String message();

    /** A Job that will not be tried again. */
    record GaveUp(ObjectRef of, Ending ending, String message, Instant at) implements LostRun {
        @Override
        public FailureKind kind() {
            return FailureKind.JobFailed;
        }
    }

    /** A CronJob whose time came, and that began no Job. */
    record NotBegun(ObjectRef of, Hindrance hindrance, String message, Instant at) implements LostRun {
        @Override
        public FailureKind kind() {
            return FailureKind.MissSchedule;
        }
    }

    /** A workload whose pods the API server does not take. */
    record NotCreated(ObjectRef of, String message, Instant at) implements LostRun {
        @Override
        public FailureKind kind() {
            return FailureKind.FailedCreate;
        }
    }

    /** Why a Job ended: the reasons of its condition Failed (batch/v1, JobReason…). */
    enum Ending {
        DEADLINE_EXCEEDED,
        BACKOFF_LIMIT_EXCEEDED,
        /** Its podFailurePolicy, its indexes, its successPolicy. */
        OTHER
    }

    /** What the CronJob controller says of it, in its events (pkg/controller/cronjob/cronjob_controllerv2.go). */
    enum Hindrance {
        /** concurrencyPolicy is Forbid, and the Job before it still runs. */
        JOB_ALREADY_ACTIVE,
        /** The API server does not take the Job: a quota, an admission webhook. */
        FAILED_CREATE,
        /** It was later than startingDeadlineSeconds allows. */
        MISS_SCHEDULE,
        /** The controller cannot read the schedule or its time zone. */
        UNREADABLE
    }
}
