package dev.kubesent.diagnosis;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.redaction.Legible;
import java.util.List;
import java.util.stream.Stream;

/**
 * @param confidence 0 to 100, as {@link Confidence} says
 * @param explanation one or two sentences for a person
 * @param quotes what it rests on; empty only where the cause is unknown
 * @param rule who says so
 */
public record Diagnosis(
        Cause cause, int confidence, String explanation, List<Quote> quotes, Action action, String rule) {

    public Diagnosis {
        if (confidence < 0 || confidence > 100) {
            throw new IllegalArgumentException("confidence is 0 to 100, not " + confidence);
        }
        explanation = Legible.line(explanation);
        quotes = List.copyOf(quotes);
    }

    /** The same, with something else that a person should know of it. */
    public Diagnosis with(String sentence, Quote quote) {
        return new Diagnosis(
                cause,
                confidence,
                explanation + " " + sentence,
                Stream.concat(quotes.stream(), Stream.of(quote)).toList(),
                action,
                rule);
    }
}
