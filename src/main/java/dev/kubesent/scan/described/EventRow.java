package dev.kubesent.scan.described;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of events.
 *
 * @param age of its last time, as printed: {@code 3m24s}
 * @param over since its first time; empty where it came once
 * @param container empty where the row does not say which
 */
record EventRow(String type, String reason, String age, String over, int count, String container, String message) {

    /** Type, reason, age, from and message; since 1.8. The kubelet of before 1.20 names its node behind a comma. */
    private static final Pattern ROW = Pattern.compile(
            "^\\s*(Normal|Warning)\\s+([A-Za-z]+)\\s+(<unknown>|<invalid>|[0-9][0-9a-z]*)(?:\\s+\\(x([0-9]{1,9}) over"
                    + " ([^)]{1,20})\\))?\\s+([-.\\w/]+(?:, ?[-.\\w]+)?)\\s+(\\S.*)$");

    /** First seen, last seen, count, from, the container, type, reason and message; until 1.7. */
    private static final Pattern OLD = Pattern.compile(
            "^\\s*([0-9][0-9a-z]*)\\s+([0-9][0-9a-z]*)\\s+([0-9]{1,9})\\s+(\\{?[^}]{1,200}}?)\\s+(spec\\.\\S+\\s+)?(Normal|Warning)\\s+([A-Za-z]+)\\s+(\\S.*)$");

    /** kubectl 1.34 and later say which container in front of the message. */
    private static final Pattern PATH =
            Pattern.compile("^spec\\.(?:init|ephemeral)?[cC]ontainers\\{([^}]{1,63})}:?\\s*(.*)$");

    static Optional<EventRow> read(String line) {
        var row = ROW.matcher(line);
        if (row.matches()) {
            return Optional.of(of(
                    row.group(1),
                    row.group(2),
                    row.group(3),
                    or(row.group(5), ""),
                    or(row.group(4), "1"),
                    row.group(7)));
        }
        var old = OLD.matcher(line);
        return old.matches() ? Optional.of(old(old)) : Optional.empty();
    }

    private static EventRow old(Matcher old) {
        var path = or(old.group(5), "").strip();
        return of(
                old.group(6),
                old.group(7),
                old.group(2),
                old.group(1),
                old.group(3),
                path.isEmpty() ? old.group(8) : path + ": " + old.group(8));
    }

    private static EventRow of(String type, String reason, String age, String over, String count, String message) {
        var path = PATH.matcher(message);
        return path.matches()
                ? new EventRow(type, reason, age, over, Integer.parseInt(count), path.group(1), path.group(2))
                : new EventRow(type, reason, age, over, Integer.parseInt(count), "", message.strip());
    }

    private static String or(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }

    /** With one more line of its message. */
    EventRow and(String line) {
        return new EventRow(type, reason, age, over, count, container, message + "\n" + line);
    }

    /** How long before the description it came first. */
    Optional<Duration> firstSeen() {
        return Age.of(over.isEmpty() ? age : over);
    }

    boolean mayConcern(String name) {
        return container.isEmpty() || container.equals(name);
    }
}
