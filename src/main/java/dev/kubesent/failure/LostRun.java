package dev.kubesent.failure;

import dev.kubesent.cluster.ObjectRef;
import java.time.Instant;

/** A run that failed, or never began, and of which no pod is left to look at. */
public sealed interface LostRun {

    /** The Job, or the CronJob. */
    ObjectRef of();

    FailureKind kind();

    /** When it was last told. */
    Instant at();

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
