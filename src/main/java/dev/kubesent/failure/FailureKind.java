package dev.kubesent.failure;

/** Spelt as Kubernetes spells them, since people search for these words. */
public enum FailureKind {
    CrashLoopBackOff,
    ImagePullBackOff,
    OOMKilled,
    /** A pod that finds no node, or whose sandbox or volumes cannot be set up. */
    Pending,
    /** A pod that the kubelet has ended, for what it used or for what its node lacked. */
    Evicted,
    /** A pod that the kubelet did not take. */
    Rejected,
    /** A pod that ended with its node, or made room for another. */
    Terminated,
    /** A pod whose containers run, and that has never been ready. */
    NotReady,
    /** A pod whose init container does not end. */
    PodInitializing,
    /** A Job that has given up, and left no pod that says why. */
    JobFailed,
    /** A workload whose controller may not create its pods. */
    FailedCreate,
    /** A CronJob that begins no Job when its time comes. */
    MissSchedule
}
