package dev.kubesent.redaction;

import java.util.stream.Collectors;

/** How much of a text is looked at. What is beyond is not shown: nobody has looked whether it is a secret. */
final class Bound {

    /** Characters of a text: 50 lines of a log at 800 each. */
    static final int TEXT = 40_000;

    /** Characters of a line that a model is told. */
    private static final int LINE = 2_000;

    private static final String CUT = " (cut)";

    private Bound() {}

    static String text(String text) {
        return text.length() <= TEXT ? text : shortened(text, TEXT) + CUT;
    }

    static String lines(String text) {
        var whole = text(text);
        return whole.lines().allMatch(line -> line.length() <= LINE)
                ? whole
                : whole.lines().map(Bound::line).collect(Collectors.joining("\n"));
    }

    private static String line(String line) {
        return line.length() <= LINE ? line : shortened(line, LINE) + CUT;
    }

    /** Half a secret looks like none, so a word that is cut goes as a whole; of a text that is one word, all after a comma. */
    private static String shortened(String text, int length) {
        int end = length - 1;
        while (end >= 0 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return text.substring(0, end >= 0 ? end : firstSeparator(text, length));
    }

    private static int firstSeparator(String text, int length) {
        int end = 0;
        while (end < length && text.charAt(end) != ',' && text.charAt(end) != ';') {
            end++;
        }
        return end < length ? end : 0;
    }
}
