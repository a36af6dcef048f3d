package dev.kubesent.report;

/** What became of an event. */
public enum EventOutcome {
    /** Nothing is failing, or it is none of ours. */
    DROPPED,
    /** There is an incident. */
    OPENED,
    /** The failure was looked at a moment ago: its incident stands, and nothing was read. */
    REPEATED,
    /** The sender's error. */
    REJECTED,
    /** The cluster's error, or ours: to be sent again. */
    TRY_AGAIN
}
