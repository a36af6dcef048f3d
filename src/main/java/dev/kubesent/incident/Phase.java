package dev.kubesent.incident;

/** Where an incident stands. */
public enum Phase {
    /** Claimed; nothing is known yet. */
    Opened,
    Diagnosed,
    /** The gate said no: the verdict lists every reason. Looked at again when the failure goes on. */
    Refused,
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
            case Refused, Proposed, Healed, Failed, Superseded, Closed -> false;
        };
    }

    /** Whether a change to the workload is under way, or is being watched: no other may be made meanwhile. */
    public boolean atWork() {
        return switch (this) {
            case Acting, Verifying, Undoing -> true;
            case Opened, Diagnosed, Refused, Proposed, Healed, Failed, Superseded, Closed -> false;
        };
    }
}
