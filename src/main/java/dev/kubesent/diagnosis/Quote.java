package dev.kubesent.diagnosis;

import dev.kubesent.evidence.Source;
import dev.kubesent.redaction.Legible;
import dev.kubesent.redaction.Masking;

/** One piece of evidence as it stands there, without what looks like a credential, with its control characters shown, and cut where it is very long. */
public record Quote(Source source, String text) {

    /** Characters: a JSON log line can be longer than an Incident may be. */
    private static final int LENGTH = 1000;

    public Quote {
        // Masked before it is cut: half a credential looks like none.
        text = cut(Legible.line(Masking.text(cut(text, 4 * LENGTH))), LENGTH);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    @Override
    public String toString() {
        return source + ": " + text;
    }
}
