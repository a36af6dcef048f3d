package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.attack.WaysOut.Pod;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.model.ModelAnswer;
import dev.kubesent.evidence.Source;
import dev.kubesent.redaction.Legible;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finding 8, first: what a person reads is what is there. No character of a log, a model or an event moves a cursor, turns a line around, or is not seen. */
@Isolated
class HiddenCharactersTest {

    private static final String HOSTILE =
            "refused \u001b[2J\u001b]0;owned\u0007 \u009b31m \u202Eevil\u202C z\u200Bw \u2028 next \uFEFF end";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a\u001b[2Jb' | a\\u001B[2Jb",
                "'a\u001b[31mred\u001b[0m' | ared",
                "'a\u202Eb' | a\\u202Eb",
                "'a\u009bb' | a\\u009Bb",
                "'a\u2028b' | a\\u2028b",
                "'a\u200Bb' | a\\u200Bb",
                "'a\nb' | a\\nb",
                "'a\rb' | a\\rb",
                "'\tat Foo' | '\tat Foo'",
                "Grüße 你好 | Grüße 你好",
            })
    void what_is_hidden_is_shown(String text, String shown) {
        assertThat(Legible.line(text)).isEqualTo(shown);
        assertThat(Legible.line(Legible.line(text))).isEqualTo(shown);
    }

    @Test
    void a_block_keeps_its_own_lines_and_nothing_else() {
        assertThat(Legible.block("a: 1\r\nb: \u202E2\n")).isEqualTo("a: 1\nb: \\u202E2\n");
    }

    @Test
    void no_way_out_has_a_character_that_a_terminal_obeys() throws IOException {
        var ways = WaysOut.of(Pod.with(HOSTILE), folder);

        // A model reads no terminal; and it has to quote what it was sent.
        ways.remove("prompt");
        assertThat(ways)
                .hasSize(7)
                .allSatisfy((way, told) -> assertThat(told.codePoints()
                                .filter(c -> c != '\n' && c != '\t')
                                .filter(HiddenCharactersTest::isHidden)
                                .mapToObj(Integer::toHexString))
                        .as(way)
                        .isEmpty());
    }

    @Test
    void a_line_that_is_quoted_is_one_line() {
        assertThat(new Quote(Source.LOG, "a\n+ containers[app].env[Y]: nothing").text())
                .isEqualTo("a\\n+ containers[app].env[Y]: nothing");
    }

    @Test
    void what_a_model_says_is_escaped_when_it_is_read() {
        var answer = new ModelAnswer("fine\n\u202E", Cause.UNKNOWN, "spec:\n  x: \u001b[2J\n", 90, List.of());

        assertThat(answer.rootCause()).isEqualTo("fine\\n\\u202E");
        assertThat(answer.fixYaml()).isEqualTo("spec:\n  x: \\u001B[2J\n");
    }

    @Test
    void a_verdict_keeps_the_lines_of_its_change_and_of_its_patch_alone() {
        var verdict = new VerdictRecord(
                "Proposed",
                List.of("no\nyes"),
                "Deployment/web\n- a\n+ \u202Eb",
                "a: 1\n",
                "",
                Instant.EPOCH,
                null,
                null);

        assertThat(verdict.reasons()).containsExactly("no\\nyes");
        assertThat(verdict.change()).isEqualTo("Deployment/web\n- a\n+ \\u202Eb");
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
