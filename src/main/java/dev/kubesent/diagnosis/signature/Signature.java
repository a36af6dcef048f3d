package dev.kubesent.diagnosis.signature;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.text.Effort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that the world says.
 *
 * @param id unique, in kebab-case
 * @param isProof whether its form alone proves the cause, so that a release may go back for it; else a person decides
 * @param patterns its spellings; the first that is found counts
 * @param unless what the same text has where it means something else
 * @param says what it means, for a person
 * @param advice what a person does next; empty where the chapter of the cause says it as well
 */
public record Signature(
        String id,
        Cause cause,
        Certainty certainty,
        boolean isProof,
        List<Spelling> patterns,
        List<Spelling> unless,
        Sentence says,
        Optional<Sentence> advice) {

    /**
     * @param literals lower case; one of them is in every text that the pattern is found in; empty where none could be derived
     * @param weight steps that a look at a character counts for
     */
    record Spelling(Expression expression, List<String> literals, int weight) {

        static Spelling of(String expression) {
            return new Spelling(new Expression(expression), Literals.of(expression), 1);
        }

        /** Of somebody who may write whatever RE2 takes, and whose expressions nobody here has measured. */
        static Spelling ofOthers(String expression) {
            var lazy = new Expression(expression);
            return new Spelling(
                    lazy,
                    List.of(), // Literals reads our own expressions only
                    lazy.pattern().programSize());
        }

        Pattern pattern() {
            return expression.pattern();
        }

        boolean mayBeIn(String lowerCase) {
            return literals.isEmpty() || literals.stream().anyMatch(lowerCase::contains);
        }

        Optional<Matcher> in(String text, String lowerCase) {
            if (!mayBeIn(lowerCase)) {
                return Optional.empty();
            }
            Effort.steps(weight * (1L + text.length()));
            return Optional.of(pattern().matcher(text)).filter(Matcher::find);
        }
    }

    public Signature {
        patterns = List.copyOf(patterns);
        unless = List.copyOf(unless);
    }

    /** Whether a text could have it: cheap, and true for some that do not. */
    boolean mayBeIn(String lowerCase) {
        return patterns.stream().anyMatch(pattern -> pattern.mayBeIn(lowerCase));
    }

    /** Empty where the text does not say it. */
    public Optional<Match> in(String text) {
        return in(text, text.toLowerCase(Locale.ROOT));
    }

    Optional<Match> in(String text, String lowerCase) {
        return patterns.stream()
                .flatMap(spelling -> spelling.in(text, lowerCase).stream())
                .findFirst()
                .filter(_ -> unless.stream()
                        .noneMatch(other -> other.in(text, lowerCase).isPresent()))
                .map(found -> Match.of(this, found, text));
    }

    /** The last place of each spelling. @param shown of the same length as the text, which what is caught is taken from */
    Stream<Match> last(String text, String lowerCase, String shown) {
        return unless.stream().anyMatch(other -> other.in(text, lowerCase).isPresent())
                ? Stream.empty()
                : patterns.stream()
                        .flatMap(spelling -> spelling.in(text, lowerCase).stream())
                        .map(found -> last(found, shown));
    }

    /** @param found where it was found first */
    private Match last(Matcher found, String shown) {
        var last = Match.of(this, found, shown);
        while (found.find()) {
            last = Match.of(this, found, shown);
        }
        return last;
    }

    @Override
    public String toString() {
        return id;
    }
}
