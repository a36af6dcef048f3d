package dev.kubesent.report;

import java.util.Locale;

/** What takes time, in the order of the flow (docs/flow.md). */
public enum Stage {
    /** All that is done about one incident at one time; the others are within it. */
    INCIDENT,
    EVIDENCE,
    DIAGNOSIS,
    GATE,
    REMEDY,
    VERIFICATION;

    /** As it is called in a trace. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
