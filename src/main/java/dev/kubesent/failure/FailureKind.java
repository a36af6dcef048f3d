package dev.kubesent.failure;

/** Spelt as Kubernetes spells them, since people search for these words. */
public enum FailureKind {
    CrashLoopBackOff,
    ImagePullBackOff,
    OOMKilled,
    /** A pod that finds no node, or whose sandbox or volumes cannot be set up. */
    Pending,
    /** A Job that has given up, and left no pod that says why. */
    JobFailed,
    /** A CronJob that begins no Job when its time comes. */
    MissSchedule
}
