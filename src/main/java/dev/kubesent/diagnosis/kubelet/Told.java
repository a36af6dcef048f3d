package dev.kubesent.diagnosis.kubelet;

import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.signature.Signatures;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What several messages about one failure tell, the surest of it.
 *
 * @param quotes of every message that has the same sign
 */
public record Told(Found found, List<Quote> quotes) {

    public Told {
        quotes = List.copyOf(quotes);
    }

    /** @param heard the most telling first */
    public static Optional<Told> of(List<Heard> heard, Signatures signatures) {
        return of(heard, signatures, _ -> true);
    }

    /** @param holds what has to be so of a sign, besides that its words are there */
    public static Optional<Told> of(List<Heard> heard, Signatures signatures, Predicate<Found> holds) {
        var found = heard.stream()
                .map(one -> new One(one, Found.in(one.chain(), signatures, holds)))
                .filter(one -> one.found().isPresent())
                .toList();
        return found.stream()
                .map(one -> one.found().orElseThrow())
                .min(java.util.Comparator.comparing(one -> one.signature().certainty()))
                .map(best -> new Told(
                        best,
                        found.stream()
                                .filter(one ->
                                        one.found().orElseThrow().signature().equals(best.signature()))
                                .map(one -> one.heard().quote())
                                .distinct()
                                .toList()));
    }

    /** Where the others say the same in the same words. */
    public List<Quote> firstQuote() {
        return quotes.subList(0, 1);
    }

    private record One(Heard heard, Optional<Found> found) {}

    /** More where status and event, two writers, both have it. */
    public Confidence confidence() {
        var places = quotes.stream().map(Quote::source).distinct().count();
        return Confidence.of(
                        switch (found.signature().certainty()) {
                            case DEFINITE -> Kind.SENTENCE;
                            case LIKELY -> Kind.COMPLAINT;
                            case HINT -> Kind.OPEN;
                        })
                .agreeing(places > 1);
    }

    /** As rules are called. */
    public String rule() {
        var name = new StringBuilder();
        var isStart = true;
        for (var letter : found.signature().id().toCharArray()) {
            if (letter != '-') {
                name.append(isStart ? Character.toUpperCase(letter) : letter);
            }
            isStart = letter == '-';
        }
        return name.toString();
    }
}
