package dev.kubesent.remedy.engine;

/** How far a change that was taken back has come. */
public enum Undone {
    /** Nothing runs with the change any more. */
    COMPLETE,
    /** The old value is back, and some pods do not have it yet. */
    ROLLING_OUT,
    /** Somebody has set another value since. */
    CHANGED_AGAIN,
    GONE
}
