package dev.kubesent.cleanup;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file's name is anybody's text: it must not end our line, move the cursor of a terminal (C0 and C1: U+009B is a whole escape sequence), turn the
 * direction of what follows, or hide. Each such character is shown by its number.
 */
final class Printable {

    /** Characters; a path's end says most. */
    private static final int LONGEST = 300;

    /** Control, format, private, unassigned, lone surrogates; and the two that end a line without being any of these. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\u2028\\u2029]");

    private Printable() {}

    static String of(Object text) {
        var clean = UNSEEN.matcher(text.toString()).replaceAll(found -> number(found.group()));
        return clean.length() <= LONGEST ? clean : "…" + clean.substring(clean.length() - LONGEST);
    }

    private static String number(String character) {
        // The replacement of a Matcher reads a backslash as an escape.
        return String.format(Locale.ROOT, "\\\\u{%04X}", character.codePointAt(0));
    }
}
