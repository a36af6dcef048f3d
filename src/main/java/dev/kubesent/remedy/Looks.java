package dev.kubesent.remedy;

/** What the target of a change looks like now. */
enum Looks {
    GONE,
    AS_BEFORE,
    AS_MADE,
    /** Somebody has made something else of it. */
    OTHER
}
