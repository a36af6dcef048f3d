package dev.kubesent.diagnosis;

import dev.kubesent.evidence.Source;

/** One piece of evidence, as it stands there. */
public record Quote(Source source, String text) {

    @Override
    public String toString() {
        return source + ": " + text;
    }
}
