package dev.kubesent.diagnosis;

import dev.kubesent.evidence.Masking;
import dev.kubesent.evidence.Source;

/** One piece of evidence as it stands there, without what looks like a credential, and cut where it is very long. */
public record Quote(Source source, String text) {

    /** Characters: a JSON log line can be longer than an Incident may be. */
    private static final int LENGTH = 1000;

    public Quote {
        // Masked before it is cut: half a credential looks like none.
        text = cut(Masking.text(cut(text, 4 * LENGTH)), LENGTH);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    @Override
    public String toString() {
        return source + ": " + text;
    }
}
