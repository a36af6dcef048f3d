package dev.kubesent.api.v1alpha1;

/** Where an incident stands. */
public enum Phase {
    /** Claimed; nothing is known yet. */
    Opened,
    Diagnosed,
    /** The cause is known, and nothing that KubeSent does would cure it: a person has to, and the diagnosis says how. Looked at again when the failure goes on. */
    NoAutomaticFix,
    /** The gate said no to a change: the verdict lists every reason. Looked at again when the failure goes on. */
    Refused,
    /** The change is right, and only its time has not come: it is judged again, and nobody is asked anything. */
    Waiting,
    /** The change is written down for a person to make, or to approve; only policy keeps KubeSent from making it. */
    Proposed,
    /** The intent is written down and the change is being made. A process that dies here is resumed from the intent. */
    Acting,
    /** The change was made and the API server confirmed it; whether the workload survives is being watched. */
    Verifying,
    /** The workload was seen alive for long enough after the change. */
    Healed,
    /** The change did not help and is being taken back; the undoing is watched as well. */
    Undoing,
    /** The change could not be made, or did not help and was taken back: the outcome says which. */
    Failed,
    /** Somebody else changed the workload; theirs stands. */
    Superseded,
    /** The workload or the pod is gone, or the failure went before anything was done. */
    Closed;

    /** Whether an interrupted run at this phase has work left. */
    public boolean unfinished() {
        return switch (this) {
            case Opened, Diagnosed, Acting, Verifying, Undoing -> true;
            case NoAutomaticFix, Refused, Waiting, Proposed, Healed, Failed, Superseded, Closed -> false;
        };
    }

    /** Whether it was judged, and nothing was done: it is judged again as long as the failure goes on. */
    public boolean isUndecided() {
        return switch (this) {
            case NoAutomaticFix, Refused, Waiting, Proposed -> true;
            case Opened, Diagnosed, Acting, Verifying, Healed, Undoing, Failed, Superseded, Closed -> false;
        };
    }

    /** Whether a change is shown that is right, and that a person can say yes or no to. */
    public boolean isRight() {
        return this == Waiting || this == Proposed;
    }

    /** Whether no change is proposed: there is none, or it would not be right. */
    public boolean isNo() {
        return this == NoAutomaticFix || this == Refused;
    }

    /** Whether a change to the workload is under way, or is being watched: no other may be made meanwhile. */
    public boolean atWork() {
        return switch (this) {
            case Acting, Verifying, Undoing -> true;
            case Opened, Diagnosed, NoAutomaticFix, Refused, Waiting, Proposed, Healed, Failed, Superseded, Closed ->
                false;
        };
    }
}
