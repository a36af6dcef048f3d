package dev.kubesent.failure;

/** One container that fails, as its status shows it. */
public sealed interface Failure {

    Subject subject();

    FailureKind kind();

    /** Down for want of a process that stays up: it crashes, ends, or cannot be started. */
    record CrashLoop(Subject subject, Termination last, Moment moment) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.CrashLoopBackOff;
        }
    }

    /** @param message the runtime's text, which before Kubernetes 1.32 is only "Back-off pulling image" */
    record ImagePull(Subject subject, PullReason reason, String image, String message) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.ImagePullBackOff;
        }
    }

    record OomKilled(Subject subject, Termination last, Moment moment) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.OOMKilled;
        }
    }

    /** Where in its life the container was seen. */
    enum Moment {
        /** Waiting to be started again. */
        WAITING,
        /** The run has just ended. */
        TERMINATED,
        /** Running again since; the failure is the run before. */
        RUNNING_AGAIN
    }
}
