package dev.kubesent.redaction;

/**
 * Keeps credentials out of what persons are shown, and what is written down: {@code ***}, whatever it was and however long. It
 * finds what has the form of one; it does not promise to know all (docs/known-limits.md).
 */
public final class Masking {

    private static final String MASK = "***";

    /** Characters of a text; what is longer is cut. */
    public static final int LONGEST = Bound.TEXT;

    public static final Redactor STARS = new Stars();

    private Masking() {}

    /** Any text. What is longer than 40,000 characters is cut. */
    public static String text(String text) {
        return STARS.text(text);
    }

    private record Stars() implements Redactor {

        @Override
        public String text(String text) {
            var found = Secrets.in(text);
            var shown = new StringBuilder();
            int from = 0;
            for (var span : found.spans()) {
                shown.append(found.text(), from, span.start()).append(MASK);
                from = span.end();
            }
            return from == 0
                    ? found.text()
                    : shown.append(found.text(), from, found.text().length()).toString();
        }

        @Override
        public String hidden(String secret) {
            return MASK;
        }
    }
}
