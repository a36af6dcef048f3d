package dev.kubesent.diagnosis.kubelet;

import dev.kubesent.diagnosis.signature.Certainty;
import dev.kubesent.diagnosis.signature.Match;
import dev.kubesent.diagnosis.signature.Signature;
import dev.kubesent.diagnosis.signature.Signatures;
import dev.kubesent.redaction.Masking;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A signature in a chain.
 *
 * @param clause where it begins
 */
public record Found(Match match, Chain chain, Clause clause) {

    /** Groups that catch names: that of a Secret looks like a credential, and is none. */
    private static final Set<String> NAMES =
            Set.of("name", "key", "where", "ref", "kind", "volume", "claim", "class", "image", "names");

    /**
     * The surest one; of those that are as sure, the one that begins last: nearer to who knows. One that stands before it in the file, and whose
     * words it is a part of, is more special.
     *
     * @param holds what has to be so of a signature, besides that its words are there
     */
    public static Optional<Found> in(Chain chain, Signatures signatures, Predicate<Found> holds) {
        var all = signatures.last(chain.hidden(), chain.message()).stream()
                .flatMap(match -> chain.at(match.start()).map(clause -> new Found(match, chain, clause)).stream())
                .filter(holds)
                .toList();
        return Arrays.stream(Certainty.values())
                .map(certainty -> all.stream()
                        .filter(found -> found.signature().certainty() == certainty)
                        .toList())
                .filter(some -> !some.isEmpty())
                .findFirst()
                .map(Found::nearest);
    }

    private static Found nearest(List<Found> some) {
        var last = Collections.max(
                some, Comparator.comparingInt(found -> found.match().start()));
        return some.stream()
                .filter(found -> found.match().start() <= last.match().start()
                        && found.match().end() >= last.match().end())
                .findFirst()
                .orElse(last);
    }

    public Signature signature() {
        return match.signature();
    }

    /** What a group caught, as it came; empty where nothing. */
    public String caught(String name) {
        return match.raw(name);
    }

    /** The signature's sentence with what was caught. */
    public String explanation() {
        return signature().says().with(this::shown);
    }

    /** The same, with something more that is known by a name. */
    public String explanation(String name, String value) {
        return new Found(match.with(name, value), chain, clause).explanation();
    }

    public String advice() {
        return match.advice(this::shown);
    }

    private String shown(String group) {
        return NAMES.contains(group) ? match.raw(group) : Masking.text(match.raw(group));
    }
}
