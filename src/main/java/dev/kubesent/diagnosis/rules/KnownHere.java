package dev.kubesent.diagnosis.rules;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.log.Entry;
import dev.kubesent.diagnosis.rules.run.Findings;
import dev.kubesent.diagnosis.rules.run.ReadOnce;
import dev.kubesent.diagnosis.signature.OwnSignatures;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure;
import dev.kubesent.text.Effort;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the users of this cluster have written about what a failure says. It explains, and permits nothing: the action stays what it is without it,
 * and where there is none there is none with it.
 */
final class KnownHere {

    /** Looks of an instruction at a character: half a second of one processor, where the expressions are of the worst kind. */
    private static final long STEPS = 20_000_000;

    private static final String GIVEN_UP =
            " Signatures of your own were not looked for to the end: with this log they take too much work.";

    /** What is looked through. @param quote what to show of it, by the place of what was found */
    private record Text(String text, IntFunction<Quote> quote) {

        static Text of(Source source, String text) {
            return new Text(text, _ -> new Quote(source, text));
        }

        static Text of(Entry entry) {
            return new Text(
                    entry.text(), place -> new Quote(Source.LOG, entry.at(place).shown()));
        }
    }

    private record Told(OwnSignatures.Found found, Quote quote) {}

    private KnownHere() {}

    /** Where nothing is known and nothing is proposed, what they say is the diagnosis; else it is said beside. */
    static Diagnosis weighed(Diagnosis byRules, Evidence evidence, OwnSignatures own) {
        return byRules.confidence() < Confidence.KNOWN && !byRules.action().isHealing()
                ? with(byRules, evidence, own, told -> AlsoKnown.with(instead(told, byRules), evidence))
                : told(byRules, evidence, own);
    }

    /** Said beside a diagnosis. */
    static Diagnosis told(Diagnosis diagnosis, Evidence evidence, OwnSignatures own) {
        return with(diagnosis, evidence, own, told -> beside(diagnosis, told));
    }

    private static Diagnosis with(
            Diagnosis without, Evidence evidence, OwnSignatures own, Function<Told, Diagnosis> saying) {
        if (own.isEmpty()) {
            return without;
        }
        try {
            return Effort.within(STEPS, () -> first(evidence, own)).map(saying).orElse(without);
        } catch (Effort.SpentException e) { // they only add to a diagnosis, and must not cost it
            return new Diagnosis(
                    without.cause(),
                    without.confidence(),
                    without.explanation() + GIVEN_UP,
                    without.quotes(),
                    without.action(),
                    without.rule());
        }
    }

    /** A sentence whose meaning those know who wrote the signature. */
    private static Diagnosis instead(Told told, Diagnosis byRules) {
        return new Diagnosis(
                Cause.KNOWN_HERE,
                Confidence.of(Confidence.Kind.SENTENCE).value(),
                told.found().explanation(),
                Stream.concat(
                                Stream.of(told.quote()),
                                byRules.quotes().stream().filter(quote -> quote.source() == Source.STATUS))
                        .distinct()
                        .toList(),
                new Action.None(told.found().match().advice()),
                told.found().own().name());
    }

    private static Diagnosis beside(Diagnosis diagnosis, Told told) {
        return diagnosis.with(
                "Your signature %s: %s"
                        .formatted(
                                told.found().own().signature().id(),
                                told.found().explanation()),
                told.quote());
    }

    private static Optional<Told> first(Evidence evidence, OwnSignatures own) {
        var texts = texts(evidence);
        var near = own.near(texts.stream().map(Text::text).collect(Collectors.joining("\n")));
        return near.all().stream()
                .flatMap(one -> texts.stream()
                        .flatMap(text -> new OwnSignatures(List.of(one), List.of())
                                .first(text.text()).stream()
                                        .map(found -> new Told(
                                                found,
                                                text.quote().apply(found.match().start())))))
                .findFirst();
    }

    /** The log as our own signatures see it, but for what it got over; then what the status and the events say. */
    private static List<Text> texts(Evidence evidence) {
        var container = evidence.failure().subject().container();
        var log = ReadOnce.log(evidence.log().present().orElse(List.of()));
        return Stream.of(
                        log.entries().stream()
                                .filter(entry -> Findings.isRead(entry) && !log.goesOnAfter(entry))
                                .map(Text::of),
                        status(evidence.failure()).map(text -> Text.of(Source.STATUS, text)),
                        evidence.events().present().orElse(List.of()).reversed().stream()
                                .filter(event -> event.mayConcern(container))
                                .map(event -> Text.of(Source.EVENTS, event.toString())))
                .flatMap(texts -> texts)
                .toList();
    }

    private static Stream<String> status(Failure failure) {
        return switch (failure) {
            case Failure.CrashLoop(var _, var last, var _) -> said(last.reason(), last.message());
            case Failure.OomKilled(var _, var last, var _) -> said(last.reason(), last.message());
            case Failure.ImagePull pull -> said(pull.reason().name(), pull.message());
            case Failure.Pending pending -> said("PodScheduled", pending.message());
            case Failure.Ended ended -> said(ended.reason(), ended.message());
            case Failure.NotReady _, Failure.Initializing _ -> Stream.empty();
        };
    }

    private static Stream<String> said(String reason, String message) {
        return message.isBlank() ? Stream.empty() : Stream.of(reason + ": " + message);
    }
}
