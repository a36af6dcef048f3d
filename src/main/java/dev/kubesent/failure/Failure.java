package dev.kubesent.failure;

import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Fault;
import java.time.Instant;
import java.util.Optional;

/** One container that fails, as its status shows it; or a pod as a whole: not begun, never ready, or over. */
public sealed interface Failure {

    Subject subject();

    FailureKind kind();

    /** Where it is a crash. */
    default Optional<CrashLoop> crash() {
        return Optional.empty();
    }

    /** Where it is an OOM kill. */
    default Optional<OomKilled> oom() {
        return Optional.empty();
    }

    /** Where it is an image that cannot be pulled. */
    default Optional<ImagePull> pull() {
        return Optional.empty();
    }

    /** Whether its container is down at this moment, and did run or was to run; what runs again may have recovered for good. */
    default boolean isDownNow() {
        return false;
    }

    default Fault fault() {
        return new Fault(kind(), subject().container());
    }

    /** How the run that failed ended; empty where none began. */
    default Optional<Termination> lastRun() {
        return switch (this) {
            case OomKilled(var _, var last, var _) -> Optional.of(last);
            case CrashLoop(var _, var last, var _) -> Optional.of(last);
            case ImagePull _, Pending _, Ended _, NotReady _, Initializing _ -> Optional.empty();
        };
    }

    /** Whether it does not run, or cannot stay up. What is wrong with a pod as a whole is told, and nothing is to be begun anew for it. */
    default boolean isDown() {
        return switch (this) {
            case CrashLoop _, ImagePull _, OomKilled _, Pending _ -> true;
            case Ended _, NotReady _, Initializing _ -> false;
        };
    }

    /** Down for want of a process that stays up: it crashes, ends, or cannot be started. */
    record CrashLoop(Subject subject, Termination last, Moment moment) implements Failure {
        @Override
        public Optional<CrashLoop> crash() {
            return Optional.of(this);
        }

        @Override
        public boolean isDownNow() {
            return moment != Moment.RUNNING_AGAIN;
        }

        @Override
        public FailureKind kind() {
            return FailureKind.CrashLoopBackOff;
        }
    }

    /** @param message the runtime's text, which before Kubernetes 1.32 is only "Back-off pulling image" */
    record ImagePull(Subject subject, PullReason reason, String image, String message) implements Failure {
        @Override
        public Optional<ImagePull> pull() {
            return Optional.of(this);
        }

        @Override
        public boolean isDownNow() {
            return true;
        }

        @Override
        public FailureKind kind() {
            return FailureKind.ImagePullBackOff;
        }
    }

    record OomKilled(Subject subject, Termination last, Moment moment) implements Failure {
        @Override
        public Optional<OomKilled> oom() {
            return Optional.of(this);
        }

        @Override
        public boolean isDownNow() {
            return moment != Moment.RUNNING_AGAIN;
        }

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

    /**
     * A pod that is over, and that neither its program nor its controller ended; said of the first of its containers.
     *
     * @param reason of the pod's status, as {@code Evicted} or {@code OutOfcpu} @param message of the pod's status
     */
    record Ended(Subject subject, How how, String reason, String message, Instant at) implements Failure {
        @Override
        public FailureKind kind() {
            return switch (how) {
                case EVICTED -> FailureKind.Evicted;
                case REFUSED -> FailureKind.Rejected;
                case NODE_SHUT_DOWN, PREEMPTED -> FailureKind.Terminated;
            };
        }
    }

    /** Its containers run, and this one has not been ready once. @param since when it runs */
    record NotReady(Subject subject, Instant since) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.NotReady;
        }
    }

    /** An init container that neither ends nor fails, which keeps all others from beginning. @param since when it runs */
    record Initializing(Subject subject, Instant since) implements Failure {
        @Override
        public FailureKind kind() {
            return FailureKind.PodInitializing;
        }
    }

    /** What ended a pod. */
    enum How {
        /** The kubelet, for what the pod used or for what the node lacked. */
        EVICTED,
        /** The kubelet, before any of its containers was begun. */
        REFUSED,
        NODE_SHUT_DOWN,
        /** The kubelet, for a pod that matters more. */
        PREEMPTED
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
