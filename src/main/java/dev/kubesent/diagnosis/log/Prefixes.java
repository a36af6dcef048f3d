package dev.kubesent.diagnosis.log;

import java.util.List;
import java.util.regex.Pattern;

/** What stands before each line of a log and is not the program's: colours, a runtime's prefix, the times of {@code kubectl logs --timestamps}. */
final class Prefixes {

    private static final Pattern COLOUR =
            Pattern.compile("(?:\u001B|\\\\x1b|\\\\u001b|\\\\033|\\^\\[)\\[[\\d;?]{0,20}[A-Za-z]");

    /** As containerd and CRI-O write it to the node's disk: time, stream, and whether the line is whole. */
    private static final Pattern RUNTIME = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}(?:Z|[+-]\\d\\d:\\d\\d) std(?:out|err) [FP] ");

    /** Nine digits, as Go prints it; and one space, so that the text's own indentation stays. */
    private static final Pattern KUBECTL =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}(?:Z|[+-]\\d\\d:\\d\\d) ");

    /** {@code kubectl logs --prefix}, docker compose, foreman. */
    private static final Pattern NAME =
            Pattern.compile("\\[pod/[^\\]]{1,200}\\] |(?:\\d\\d:\\d\\d:\\d\\d )?[a-z][\\w.-]{0,60} {0,20}\\| ");

    private Prefixes() {}

    /** The lines without what most of them begin with. */
    static List<String> without(List<String> lines) {
        var plain = lines.stream().map(Prefixes::plain).toList();
        for (var prefix : List.of(RUNTIME, NAME, KUBECTL)) {
            if (isBeforeMost(prefix, plain)) {
                plain = plain.stream().map(line -> cut(prefix, line)).toList();
            }
        }
        return plain;
    }

    /** Most: a log may be cut in the middle of a line. */
    private static boolean isBeforeMost(Pattern prefix, List<String> lines) {
        var said = lines.stream().filter(line -> !line.isBlank()).toList();
        return said.stream().filter(line -> prefix.matcher(line).lookingAt()).count() * 2 > said.size();
    }

    private static String cut(Pattern prefix, String line) {
        var found = prefix.matcher(line);
        if (found.lookingAt()) {
            return line.substring(found.end());
        }
        return prefix.matcher(line + " ").matches() ? "" : line;
    }

    private static String plain(String line) {
        var end = line.endsWith("\r") ? line.length() - 1 : line.length();
        var text = line.substring(0, end);
        return text.contains("[") ? COLOUR.matcher(text).replaceAll("") : text;
    }
}
