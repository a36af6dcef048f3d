package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Quote;

/** What was said, and as it may be shown. A name of a Secret looks like a credential, and is none. */
record Said(String raw, Quote quote) {

    private static final int LONGEST = 1000;

    Said {
        raw = raw.substring(0, Math.min(LONGEST, raw.length()));
    }
}
