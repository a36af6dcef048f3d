package dev.kubesent.redaction;

/** Where a value stands. @param end after its last character */
record Place(int start, int end, boolean isQuoted) {

    private static final String ENDS = " \t\r\n\"'`;&}]";

    /** @param isLine whether it goes on to the end of the line */
    static Place of(String text, int from, boolean isLine) {
        int opener = from;
        while (opener < text.length() && opener < from + 3 && text.charAt(opener) == '\\') {
            opener++;
        }
        if (opener < text.length() && "\"'`".indexOf(text.charAt(opener)) >= 0) {
            int first = opener + 1;
            // Two quotes for one, as in a string of a string: ""x"".
            if (first + 1 < text.length()
                    && text.charAt(first) == text.charAt(opener)
                    && " \t\n,;:}])\"'".indexOf(text.charAt(first + 1)) < 0) {
                first++;
            }
            return quoted(text, first, text.substring(from, opener + 1));
        }
        if (isBlock(text, from)) {
            int start = text.indexOf('\n', from) + 1;
            while (start < text.length() && text.charAt(start) == ' ') {
                start++;
            }
            return new Place(start, end(text, start, "\r\n"), false);
        }
        return new Place(from, end(text, from, isLine ? "\r\n\"" : ENDS), false);
    }

    /** YAML's {@code |} or {@code >}: the value is the next line. */
    private static boolean isBlock(String text, int from) {
        if (from >= text.length() || "|>".indexOf(text.charAt(from)) < 0) {
            return false;
        }
        int end = end(text, from, "\n");
        return end < text.length() && end - from <= 3;
    }

    private static int end(String text, int from, String ends) {
        int end = from;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Up to the same quote, as far back-slashed as the first; or the end of the line. */
    private static Place quoted(String text, int start, String opener) {
        char quote = opener.charAt(opener.length() - 1);
        int slashes = opener.length() - 1;
        int run = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                return new Place(start, i, true);
            }
            if (c == '\\') {
                run++;
                continue;
            }
            if (c == quote && run <= slashes && (quote != '\'' || !isDoubled(text, i))) {
                return new Place(start, i - Math.min(run, slashes), true);
            }
            i += c == quote && run == 0 ? 1 : 0;
            run = 0;
        }
        return new Place(start, text.length(), true);
    }

    /** Two of YAML's and SQL's are one within. */
    private static boolean isDoubled(String text, int i) {
        return i + 1 < text.length() && text.charAt(i + 1) == '\'';
    }
}
