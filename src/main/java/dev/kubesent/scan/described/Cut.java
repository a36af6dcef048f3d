package dev.kubesent.scan.described;

import dev.kubesent.text.ForeignText;

/** A line of a description, as long as anything in it may be, and with spaces for tabs. */
final class Cut {

    /** kubectl before 1.6 aligned its columns by tabs. */
    private static final int TAB = 8;

    private Cut() {}

    static String line(String line) {
        var cut = ForeignText.line(line);
        if (cut.indexOf('\t') < 0) {
            return cut;
        }
        var wide = new StringBuilder(cut.length() + TAB);
        for (int at = 0; at < cut.length(); at++) {
            if (cut.charAt(at) == '\t') {
                wide.repeat(' ', TAB - wide.length() % TAB);
            } else {
                wide.append(cut.charAt(at));
            }
        }
        return wide.toString();
    }

    static int indent(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}
