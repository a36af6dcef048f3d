package dev.kubesent.redaction;

import java.util.Arrays;

/**
 * A text as a reader sees it: without colours and without characters that have no width, full-width letters as plain ones. What
 * is found in it is told by the places of the text itself.
 */
final class View {

    private static final char ESCAPE = '\u001b';
    private static final char CONTROL_SEQUENCE = '\u009b';

    private final char[] chars;
    private final int[] places;
    private int length;

    private View(String text) {
        chars = new char[text.length()];
        places = new int[text.length()];
        for (int i = 0; i < text.length(); ) {
            int end = sequence(text, i);
            if (end == i) {
                take(text.charAt(i), i);
                end++;
            }
            i = end;
        }
    }

    static View of(String text) {
        return new View(text);
    }

    String text() {
        return new String(chars, 0, length);
    }

    /** @param start in the view @param end after its last character, more than start */
    Span span(String kind, int start, int end) {
        return new Span(kind, places[start], places[end - 1] + 1);
    }

    private void take(char c, int place) {
        if (Character.getType(c) != Character.FORMAT) {
            chars[length] = plain(c);
            places[length++] = place;
        }
    }

    /** Full-width forms (U+FF01 to U+FF5E) are ASCII, shifted. */
    private static char plain(char c) {
        if (c >= '\uff01' && c <= '\uff5e') {
            return (char) (c - 0xfee0);
        }
        return c == '\u3000' || c == '\u00a0' ? ' ' : c;
    }

    /** @return after an escape sequence (ECMA-48) that begins here; the same place where none does */
    static int sequence(String text, int at) {
        char c = text.charAt(at);
        if (c == CONTROL_SEQUENCE) {
            return parameters(text, at + 1);
        }
        if (c != ESCAPE || at + 1 == text.length()) {
            return at;
        }
        return switch (text.charAt(at + 1)) {
            case '[' -> parameters(text, at + 2);
            case ']' -> command(text, at + 2);
            default -> at + 1;
        };
    }

    private static int parameters(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= ' ' && text.charAt(end) <= '?') {
            end++;
        }
        return Math.min(text.length(), end + 1);
    }

    /** Up to a bell or the next escape; one that has no end is not skipped. */
    private static int command(String text, int from) {
        for (int end = from; end < Math.min(text.length(), from + 256); end++) {
            if (text.charAt(end) == '\u0007' || text.charAt(end) == ESCAPE) {
                return end + 1;
            }
        }
        return from;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(chars, length));
    }
}
