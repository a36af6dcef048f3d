package dev.kubesent.remedy.engine;

/** How far an interrupted act had come, as the live cluster shows it. */
public enum Progress {
    /** Nothing was changed: judge anew, as if it had never been intended. */
    UNTOUCHED,
    /** Begun, perhaps ended: what is left has to be done. */
    UNDERWAY,
    /** Somebody else changed the target: leave it. */
    OVERTAKEN
}
