package dev.kubesent.failure;

import java.time.Instant;
import java.util.Optional;

/** One container that fails, as its status shows it; or a pod whose containers are not even begun. */
public sealed interface Failure {

    Subject subject();

    FailureKind kind();

    /** How the run that failed ended; empty where none began. */
    default Optional<Termination> lastRun() {
        return switch (this) {
            case OomKilled(var _, var last, var _) -> Optional.of(last);
            case CrashLoop(var _, var last, var _) -> Optional.of(last);
            case ImagePull _, Pending _ -> Optional.empty();
        };
    }

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

    /**
     * None of the pod's containers has been begun; said of the first of them.
     *
     * @param message of the condition; the kubelet writes none, and tells by events
     */
    record Pending(Subject subject, Obstacle obstacle, String message, Instant since) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.Pending;
        }
    }

    /** How far a pod came that does not start. */
    enum Obstacle {
        /** The scheduler finds no node for it (condition PodScheduled). */
        NO_NODE,
        /** It has a node, and there its sandbox, network or volumes are not to be had (condition PodReadyToStartContainers). */
        NOT_SET_UP
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
