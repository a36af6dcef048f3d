package dev.kubesent.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a terminal would obey, or not show: control, format and bidirectional characters, as {@code \\u202E}. Colours are
 * left out. What it has shown once, it leaves as it is.
 */
public final class Legible {

    private Legible() {}

    /** One line, whatever it was: a line's end within is shown as well. */
    public static String line(String text) {
        return shown(text, false);
    }

    /** Lines stay lines. */
    public static String block(String text) {
        return shown(text, true);
    }

    /** Each one line. @param all none where null */
    public static List<String> lines(@Nullable List<String> all) {
        return all == null ? List.of() : all.stream().map(Legible::line).toList();
    }

    private static String shown(String text, boolean keepsLines) {
        if (text.codePoints().noneMatch(Legible::isHidden)) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int end = colour(text, i);
            if (end > i) {
                i = end;
                continue;
            }
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            var isCarriageReturn = c == '\r' && (i == text.length() || text.charAt(i) == '\n');
            if (isHidden(c) && !(keepsLines && c == '\n')) {
                shown.append(isCarriageReturn ? "" : escaped(c));
            } else {
                shown.appendCodePoint(c);
            }
        }
        return shown.toString();
    }

    /** @return after a sequence that only says how letters look; the same place where none begins */
    private static int colour(String text, int at) {
        if (!text.startsWith("\u001b[", at)) {
            return at;
        }
        int end = at + 2;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == ';')) {
            end++;
        }
        return end < text.length() && text.charAt(end) == 'm' ? end + 1 : at;
    }

    /** A tab is only space. */
    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\t';
            case Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String escaped(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> c > 0xffff ? "\\u{%X}".formatted(c) : "\\u%04X".formatted(c);
        };
    }
}
