package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Memory;
import dev.kubesent.testing.CountedText;
import dev.kubesent.testing.CountedText.TooManyStepsException;
import dev.kubesent.testing.PatternWords;
import dev.kubesent.testing.PatternWords.Pump;
import dev.kubesent.testing.PatternsOfTheJar;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Finding 2 of shared/reviews/security.md: one line of {@code secretsecret...} stopped the process. Every expression of the jar is run
 * against lines made of its own words, and its steps are counted: no clock, the same on every machine.
 */
class PatternGrowthTest {

    private static final List<Integer> SIZES = List.of(1024, 2048, 4096, 8192);
    private static final int LONGEST = SIZES.getLast();

    /** Of double the text; linear is 2, square is 4. */
    private static final double GROWTH = 2.5;

    /** Looks at each character of a line; what is bounded, but by a large bound, is no better. */
    private static final long STEPS_PER_CHARACTER = 1000;

    private static final long MOST = STEPS_PER_CHARACTER * LONGEST;

    /** Lines of an expression that are run at all lengths: those that cost most at the second, and those that grew most until there. */
    private static final int WORST = 6;

    /**
     * Distinct ones; the attacker's harness counted each place. A finder that misses them would find nothing wrong. Those of signatures are RE2's,
     * whose time grows with the text and with nothing else, and are not among them.
     */
    private static final int LEAST = 110;

    /** Where an expression is made of a text that does not stand there, and why that is none of somebody else's. */
    private static final Map<String, String> MADE = Map.of(
            "diagnosis/rules/LogRule#signs", "held in static fields, and found there",
            "function/BuildCheck#refuseStaleCache", "File.pathSeparator",
            "function/Main#checkKubeconfig", "File.pathSeparator");

    @Test
    void every_expression_is_linear_in_the_length_of_its_worst_line() throws Exception {
        var patterns = PatternsOfTheJar.in(classes()).all();
        assertThat(patterns).hasSizeGreaterThanOrEqualTo(LEAST);
        var bad = patterns.entrySet().stream()
                .flatMap(entry -> worse(entry.getValue()).map(why -> entry.getKey() + ": " + why).stream())
                .sorted()
                .toList();
        assertThat(bad).isEmpty();
    }

    @Test
    void an_expression_is_made_of_what_stands_in_the_code_and_of_nothing_that_others_write() throws Exception {
        assertThat(PatternsOfTheJar.in(classes()).notWritten()).isSubsetOf(MADE.keySet());
    }

    /** What it has to find: that of the finding, one that only a second word shows, one that only an end shows, and one that overflows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)[\\w.-]*(?:secret|token)[\\w.-]*\\s*=",
                "pid file .* already exists",
                "/+$",
                "([a-z]|[0-9])*x",
                "(\\w+://[^\\s:/@]*):[^\\s@/]+@",
                "exec: \"(?<what>[^\"\\s]+)[^\"]*\": denied",
                "(a+)+b",
                "x(?=.*secret)"
            })
    void an_expression_that_is_worse_than_linear_is_found(String expression) {
        assertThat(worse(Pattern.compile(expression))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?<![\\w.-])[\\w.-]{0,64}+=",
                "pid file .{0,200} already exists",
                "(?<!/)/+$",
                "^(?:[a-z]|[0-9])*+x",
                "no space left on device"
            })
    void an_expression_that_is_linear_is_let_pass(String expression) {
        assertThat(worse(Pattern.compile(expression))).isEmpty();
    }

    private static Path classes() throws Exception {
        return Path.of(
                Memory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Optional<String> worse(Pattern pattern) {
        return lines(pattern)
                .flatMap(line -> worse(pattern, line).stream())
                .findFirst()
                .map(why -> why + ": " + pattern);
    }

    private static Stream<Line> lines(Pattern pattern) {
        var all = PatternWords.of(pattern.pattern()).stream()
                .flatMap(pump -> Stream.of("", "\u0001").map(end -> new Line(pump, end)))
                .map(line -> new Cost(
                        line, steps(pattern, line.of(SIZES.getFirst())), steps(pattern, line.of(SIZES.get(1)))))
                .toList();
        return Stream.of(Comparator.comparingDouble(Cost::later), Comparator.comparingDouble(Cost::growth))
                .flatMap(by -> all.stream().sorted(by.reversed()).limit(WORST))
                .map(Cost::line)
                .distinct();
    }

    private static Optional<String> worse(Pattern pattern, Line line) {
        var steps = SIZES.stream().map(size -> steps(pattern, line.of(size))).toList();
        var last = steps.getLast();
        return last <= MOST && last <= GROWTH * steps.get(steps.size() - 2)
                ? Optional.empty()
                : Optional.of(steps + " steps for " + line);
    }

    /** Of looking for all that is in it, and of holding the whole against it. */
    private static long steps(Pattern pattern, String line) {
        var text = new CountedText(line, MOST);
        try {
            var finding = pattern.matcher(text);
            while (finding.find()) {
                finding.end();
            }
            var _ = pattern.matcher(text).matches();
            return text.steps();
        } catch (TooManyStepsException | StackOverflowError e) {
            return MOST + 1;
        }
    }

    private record Cost(Line line, long first, long later) {
        double growth() {
            return (double) later / Math.max(1, first);
        }
    }

    private record Line(Pump pump, String end) {
        String of(int length) {
            return pump.line(length, end);
        }
    }
}
