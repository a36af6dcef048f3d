package dev.kubesent.api.v1alpha1;

/** Spelt as Kubernetes spells them, since people search for these words. */
public enum FailureKind {
    CrashLoopBackOff,
    ImagePullBackOff,
    OOMKilled,
    /** A pod that finds no node, or whose sandbox or volumes cannot be set up. */
    Pending,
    /** A pod that the kubelet has ended, for what it used or for what its node lacked. */
    Evicted(false),
    /** A pod that the kubelet did not take. */
    Rejected(false),
    /** A pod that ended with its node, or made room for another. */
    Terminated(false),
    /** A pod whose containers run, and that has never been ready. */
    NotReady(false),
    /** A pod whose init container does not end. */
    PodInitializing(false),
    /** A Job that has given up, and left no pod that says why. */
    JobFailed,
    /** A workload whose controller may not create its pods. */
    FailedCreate,
    /** A CronJob that begins no Job when its time comes. */
    MissSchedule;

    private final boolean isCounted;

    FailureKind() {
        this(true);
    }

    FailureKind(boolean isCounted) {
        this.isCounted = isCounted;
    }

    /**
     * Whether a failure of this kind speaks against its revision. What is wrong with a pod as a whole is
     * told, and not counted (docs/decisions/0060): its node ended it, or it only takes long.
     */
    public boolean isCounted() {
        return isCounted;
    }

    /**
     * Whether it counts among what fails together. A full cluster leaves many pods without a node, and is no reason to leave those alone that run; of
     * pods that are never ready many at once are one, as a release of theirs may be taken back.
     */
    public boolean countsTogether() {
        return this == NotReady || isCounted && this != Pending;
    }
}
