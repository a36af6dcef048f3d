package dev.kubesent.diagnosis.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LiteralsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`connection refused`|`[connection refused]`",
                "`(?i)Connection REFUSED`|`[connection refused]`",
                "`refused|timed out`|`[refused, timed out]`",
                "`dial tcp (?P<host>[\\w.-]+): refused`|`[dial tcp ]`",
                "`(?:failed|unable) to (?:connect|reach)`|`[failed, unable]`",
                "`colou?r of it`|`[r of it]`",
                "`ab+cde`|`[cde]`",
                "`a{2,3}xyz`|`[xyz]`",
                "`(?:optional)?needed`|`[needed]`",
                "`\\bword\\b`|`[word]`",
                "`\\d+ of \\d+`|`[ of ]`",
                "`\\.log$`|`[.log]`",
                "`[Ee]rror: no`|`[rror: no]`",
                "`\\w+|anything`|`[]`",
                "`(a|b)`|`[]`",
                "`a\\nbc`|`[a\nbc]`",
            })
    void the_words_without_which_nothing_matches(String expression, String literals) {
        assertThat(Literals.of(expression)).hasToString(literals.replace("\\n", "\n"));
    }

    /** Whatever a signature is found in has one of its words: else a line would be passed over. */
    @ParameterizedTest
    @MethodSource("dev.kubesent.diagnosis.signature.SignaturesTest#entries")
    void every_text_that_matches_has_one(SignaturesTest.Entry entry) {
        for (var example : entry.shown().path("examples")) {
            var text = example.path("text").asText();
            for (var spelling : entry.signature().patterns()) {
                if (Pattern.compile(spelling.pattern().pattern()).matcher(text).find()) {
                    assertThat(spelling.literals()).anyMatch(text.toLowerCase(Locale.ROOT)::contains);
                }
            }
        }
    }
}
