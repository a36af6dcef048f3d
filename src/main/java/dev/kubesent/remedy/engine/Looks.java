package dev.kubesent.remedy.engine;

/** What the target of a change looks like now. */
public enum Looks {
    GONE,
    AS_BEFORE,
    AS_MADE,
    /** Somebody has made something else of it. */
    OTHER
}
