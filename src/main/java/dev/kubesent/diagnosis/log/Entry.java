package dev.kubesent.diagnosis.log;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that a program said, with all that belongs to it: a stack trace, its causes, a hint.
 *
 * @param number in the log, counted from 0
 * @param role what it is said for
 * @param lines at least one
 */
public record Entry(int number, Level level, Role role, List<Line> lines) {

    public Entry {
        lines = List.copyOf(lines);
    }

    /**
     * @param text what was said, without time and level
     * @param shown as it stands in the log; of JSON what was said
     * @param isFrame whether it is one of a stack trace: where, not what
     * @param isRoot whether it is the innermost cause of a stack trace
     */
    public record Line(String text, String shown, boolean isFrame, boolean isRoot) {}

    /** What an entry is said for. */
    public enum Role {
        /** It tells something. */
        TELLS,
        /** It only reports that something has ended, or will, and knows no more. */
        WRAPS,
        /** How the program is to be called. */
        HELPS
    }

    /** Without the frames of stack traces. */
    public String text() {
        return lines.stream().filter(line -> !line.isFrame()).map(Line::text).collect(Collectors.joining("\n"));
    }

    public String first() {
        return lines.getFirst().text();
    }

    /** The line that a place in {@link #text()} is in. */
    public Line at(int place) {
        int end = -1;
        for (var line : lines) {
            if (!line.isFrame()) {
                end += line.text().length() + 1;
                if (place <= end) {
                    return line;
                }
            }
        }
        return lines.getLast();
    }

    /** The innermost cause of its stack trace; else its first line. */
    public Line root() {
        return lines.stream().filter(Line::isRoot).findFirst().orElse(lines.getFirst());
    }
}
