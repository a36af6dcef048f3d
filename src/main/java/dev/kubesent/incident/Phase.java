package dev.kubesent.incident;

/** Where an incident stands. */
public enum Phase {
    /** Claimed; nothing is known yet. */
    Opened,
    Diagnosed,
    /** The gate said no: the verdict lists every reason. Looked at again when the failure goes on. */
    Refused,
    /** The change is written down for a person to make; only policy keeps KubeSent from making it. */
    Proposed,
    /** The intent is written down and the change is being made. A process that dies here is resumed from the intent. */
    Acting,
    /** The change was made and the API server confirmed it. */
    Applied,
    /** The change could not be made. */
    Failed,
    /** Somebody else changed the workload first; theirs stands. */
    Superseded;

    /** Whether an interrupted run at this phase has work left. */
    public boolean unfinished() {
        return switch (this) {
            case Opened, Diagnosed, Acting -> true;
            case Refused, Proposed, Applied, Failed, Superseded -> false;
        };
    }
}
