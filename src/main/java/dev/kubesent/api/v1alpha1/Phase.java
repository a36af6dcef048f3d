package dev.kubesent.api.v1alpha1;

/** Where an incident stands. */
public enum Phase {
    /** Claimed; nothing is known yet. */
    Opened(Progress.BEGUN, Intent.NONE),
    Diagnosed(Progress.BEGUN, Intent.NONE),
    /** The cause is known, and nothing that KubeSent does would cure it: a person has to, and the diagnosis says how. Looked at again when the failure goes on. */
    NoAutomaticFix(Progress.UNDECIDED, Intent.NONE),
    /** The gate said no to a change: the verdict lists every reason. Looked at again when the failure goes on. */
    Refused(Progress.UNDECIDED, Intent.NONE),
    /** The change is right, and only its time has not come: it is judged again, and nobody is asked anything. */
    Waiting(Progress.UNDECIDED, Intent.NONE),
    /** The change is written down for a person to make, or to approve; only policy keeps KubeSent from making it. */
    Proposed(Progress.UNDECIDED, Intent.NONE),
    /** The intent is written down and the change is being made. A process that dies here is resumed from the intent. */
    Acting(Progress.AT_WORK, Intent.KEPT),
    /** The change was made and the API server confirmed it; whether the workload survives is being watched. */
    Verifying(Progress.AT_WORK, Intent.NONE),
    /** The workload was seen alive for long enough after the change. */
    Healed(Progress.OVER, Intent.NONE),
    /** The change did not help and is being taken back; the undoing is watched as well. */
    Undoing(Progress.AT_WORK, Intent.KEPT),
    /** The change could not be made, or did not help and was taken back: the outcome says which. */
    Failed(Progress.OVER, Intent.KEPT),
    /** Somebody else changed the workload; theirs stands. */
    Superseded(Progress.OVER, Intent.NONE),
    /** The workload or the pod is gone, or the failure went before anything was done. */
    Closed(Progress.OVER, Intent.NONE);

    /** How far an incident has come, in four words: for whoever has no word of his own for each phase. */
    public enum Progress {
        /** Nothing is judged yet. */
        BEGUN,
        /** It was judged, and nothing was done. */
        UNDECIDED,
        /** A change is under way, or watched. */
        AT_WORK,
        OVER
    }

    private enum Intent {
        NONE,
        KEPT
    }

    private final Progress progress;
    private final Intent intent;

    Phase(Progress progress, Intent intent) {
        this.progress = progress;
        this.intent = intent;
    }

    public Progress progress() {
        return progress;
    }

    /** Whether the record of a change that was begun may stand in it; a failed one keeps what could not be gone on with. */
    public boolean keepsIntent() {
        return intent == Intent.KEPT;
    }

    /** Whether it is over, and nobody has to do anything about it. */
    public boolean isAtRest() {
        return progress == Progress.OVER && this != Failed;
    }

    /** Whether an interrupted run at this phase has work left. */
    public boolean unfinished() {
        return progress == Progress.BEGUN || atWork();
    }

    /** Whether it was judged, and nothing was done: it is judged again as long as the failure goes on. */
    public boolean isUndecided() {
        return progress == Progress.UNDECIDED;
    }

    /** Whether a change to the workload is under way, or is being watched: no other may be made meanwhile. */
    public boolean atWork() {
        return progress == Progress.AT_WORK;
    }

    /** Whether nothing was done yet, and something may be. */
    public boolean isBeforeAnAct() {
        return progress == Progress.BEGUN || isUndecided();
    }

    /** Whether a change is in force that has not failed so far. */
    public boolean isGood() {
        return this == Verifying || this == Healed;
    }

    /** Whether a change is shown that is right, and that a person can say yes or no to. */
    public boolean isRight() {
        return this == Waiting || this == Proposed;
    }

    /** Whether no change is proposed: there is none, or it would not be right. */
    public boolean isNo() {
        return this == NoAutomaticFix || this == Refused;
    }
}
