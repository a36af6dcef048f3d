package dev.kubesent.report;

/** What became of an event. */
public enum EventOutcome {
    /** Nothing is failing, or it is none of ours. */
    DROPPED,
    /** There is an incident. */
    OPENED,
    /** The sender's error. */
    REJECTED,
    /** The cluster's error, or ours: to be sent again. */
    TRY_AGAIN
}
