package dev.kubesent.remedy;

/** How far an interrupted act had come, as the live cluster shows it. */
public enum Progress {
    /** Nothing was changed: judge anew, as if it had never been intended. */
    UNTOUCHED,
    /** Begun: it has to be finished. */
    UNDERWAY,
    /** Somebody else changed the target: leave it. */
    OVERTAKEN
}
