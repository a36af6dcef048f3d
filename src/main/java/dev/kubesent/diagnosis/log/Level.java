package dev.kubesent.diagnosis.log;

import java.util.Locale;
import java.util.Map;

/** How loud an entry is, by its own word for it. The loudest first. */
public enum Level {
    FATAL,
    ERROR,
    WARN,
    /** The entry does not say. */
    NONE,
    INFO,
    DEBUG;

    /** The words of the loggers of this world; numbers are pino's and bunyan's. */
    private static final Map<String, Level> WORDS = Map.ofEntries(
            Map.entry("fatal", FATAL),
            Map.entry("panic", FATAL),
            Map.entry("critical", FATAL),
            Map.entry("crit", FATAL),
            Map.entry("emerg", FATAL),
            Map.entry("emergency", FATAL),
            Map.entry("alert", FATAL),
            Map.entry("f", FATAL),
            Map.entry("60", FATAL),
            Map.entry("error", ERROR),
            Map.entry("err", ERROR),
            Map.entry("eror", ERROR),
            Map.entry("severe", ERROR),
            Map.entry("fail", ERROR),
            Map.entry("e", ERROR),
            Map.entry("50", ERROR),
            Map.entry("warning", WARN),
            Map.entry("warn", WARN),
            Map.entry("wrn", WARN),
            Map.entry("w", WARN),
            Map.entry("40", WARN),
            Map.entry("info", INFO),
            Map.entry("inf", INFO),
            Map.entry("information", INFO),
            Map.entry("informational", INFO),
            Map.entry("notice", INFO),
            Map.entry("note", INFO),
            Map.entry("log", INFO),
            Map.entry("i", INFO),
            Map.entry("30", INFO),
            Map.entry("debug", DEBUG),
            Map.entry("dbg", DEBUG),
            Map.entry("trace", DEBUG),
            Map.entry("verbose", DEBUG),
            Map.entry("fine", DEBUG),
            Map.entry("d", DEBUG),
            Map.entry("20", DEBUG),
            Map.entry("10", DEBUG));

    /** {@link #NONE} for a word that is none. */
    static Level of(String word) {
        return WORDS.getOrDefault(word.toLowerCase(Locale.ROOT), NONE);
    }

    /** What is no failure where it is said, even if it speaks of one. */
    public boolean isCalm() {
        return this == INFO || this == DEBUG;
    }

    boolean isLouderThan(Level other) {
        return compareTo(other) < 0;
    }

    /** The louder of two words for it; what does not say counts for nothing. */
    Level or(Level other) {
        return this == NONE || other != NONE && other.isLouderThan(this) ? other : this;
    }
}
