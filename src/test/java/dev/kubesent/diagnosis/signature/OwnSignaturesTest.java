package dev.kubesent.diagnosis.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.kubesent.api.v1alpha1.Cause;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users may write as a signature of their own, and what is said where they cannot. */
class OwnSignaturesTest {

    private static final String GOOD = """
        - id: ledger-sealed
          patterns: ['period (?P<period>\\S+) is sealed']
          unless: ['no period']
          says: 'The ledger[ of {period}] is sealed.'
          advice: 'Wait.'
          runbook: https://wiki.example.com/ledger#sealed
        """;

    @Test
    void one_says_its_words_with_what_it_caught_and_the_link() {
        var own = OwnSignatures.read(Map.of("a.yaml", GOOD));

        var found = own.first("ERROR: period 2026-10 is sealed").orElseThrow();

        assertThat(own.unusable()).isEmpty();
        assertThat(found.explanation())
                .isEqualTo("The ledger of 2026-10 is sealed. Runbook: https://wiki.example.com/ledger#sealed");
        assertThat(found.match().advice()).isEqualTo("Wait.");
        assertThat(found.own().name()).isEqualTo("own signature a.yaml/ledger-sealed");
        assertThat(found.own().signature().cause()).isEqualTo(Cause.KNOWN_HERE);
        assertThat(own.first("no period 2026-10 is sealed")).isEmpty();
    }

    @Test
    void what_is_caught_and_looks_like_a_credential_is_not_repeated() {
        var own = OwnSignatures.read(Map.of(
                "a.yaml", "- {id: a, patterns: ['cannot sign with (?P<what>.+)'], says: 'Not signed with {what}.'}"));

        assertThat(own.first("cannot sign with password=S3cretPw-1234")
                        .orElseThrow()
                        .explanation())
                .doesNotContain("S3cretPw");
    }

    @Test
    void a_cause_and_a_certainty_of_its_own_mean_nothing() {
        var own = OwnSignatures.read(Map.of(
                "a.yaml", "- {id: a, cause: MEMORY_LIMIT_TOO_LOW, certainty: HINT, patterns: [abc], says: It is so.}"));

        assertThat(own.first("abc").orElseThrow().match().signature().cause()).isEqualTo(Cause.KNOWN_HERE);
    }

    @Test
    void examples_behind_the_second_document_are_not_read() {
        var own = OwnSignatures.read(Map.of("a.yaml", GOOD + "---\nledger-sealed: {examples: [{text: x}]}\n"));

        assertThat(own.all()).hasSize(1);
        assertThat(own.unusable()).isEmpty();
    }

    @Test
    void without_advice_the_runbook_is_it_or_who_wrote_it() {
        var own = OwnSignatures.read(Map.of("a.yaml", """
            - {id: a, patterns: [one], says: One., runbook: 'https://wiki.example.com/one'}
            - {id: b, patterns: [two], says: Two.}
            """));

        assertThat(own.first("one").orElseThrow().match().advice())
                .isEqualTo("Follow the runbook: https://wiki.example.com/one");
        assertThat(own.first("two").orElseThrow().match().advice()).contains("key a.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{patterns: [a], says: b.}                                | number 1 | 'id' is missing",
                "{id: A B, patterns: [a], says: b.}                       | A B | 'id' is missing, or not",
                "{id: x, says: b.}                                        | x | 'patterns' is missing",
                "{id: x, patterns: [], says: b.}                          | x | 'patterns' is missing",
                "{id: x, patterns: a, says: b.}                           | x | 'patterns' is no list",
                "{id: x, patterns: [{a: b}], says: b.}                    | x | 'patterns' has what is no text",
                "{id: x, patterns: [''], says: b.}                        | x | 'patterns' has what is no text",
                "{id: x, patterns: ['SECRETTEXT('], says: b.}             | x | no RE2 expression: missing closing )",
                "{id: x, patterns: ['(?=SECRETTEXT)'], says: b.}          | x | no RE2 expression",
                "{id: x, patterns: ['((a{100}){100}){100}'], says: b.}    | x | repeats too much",
                "{id: x, patterns: [a], unless: b, says: b.}              | x | 'unless' is no list",
                "{id: x, patterns: [a]}                                   | x | 'says' is missing",
                "{id: x, patterns: [a], says: [b]}                        | x | 'says' is no text",
                "{id: x, patterns: [a], says: 'SECRETTEXT {host}.'}       | x | 'says' names a group that no pattern",
                "{id: x, patterns: [a], says: 'SECRETTEXT [a.'}           | x | 'says' has a bracket without",
                "{id: x, patterns: [a], says: 'a] SECRETTEXT'}            | x | 'says' has a bracket without",
                "{id: x, patterns: [a], says: 'a { SECRETTEXT'}           | x | 'says' has a bracket without",
                "{id: x, patterns: [a], says: b., advice: '{c}'}          | x | 'advice' names a group that no",
                "{id: x, patterns: [a], says: b., runbook: 'http://w/'}   | x | 'runbook' is no https link",
                "{id: x, patterns: [a], says: b., runbook: 'https:///x'}  | x | 'runbook' is no https link",
                "{id: x, patterns: [a], says: b., runbook: 'https://u:SECRETTEXT@w/'} | x | 'runbook' is no https link",
                "{id: x, patterns: [a], says: b., runbook: 'https://w/a b'} | x | 'runbook' is no https link",
                "{id: x, patterns: [a], says: b., runbok: 'https://w/'}   | x | there is no field 'runbok'",
                "{id: ledger-sealed, patterns: [a], says: b.}             | ledger-sealed | another signature has this"
                        + " id",
                "text                                                     | number 1 | it has no fields"
            })
    void a_malformed_one_is_named_with_key_id_and_why_and_the_others_count(String entry, String id, String why) {
        var own = OwnSignatures.read(
                Map.of("a.yaml", GOOD, "b.yaml", "- " + entry + "\n- {id: y, patterns: [zz], says: z.}"));

        assertThat(own.unusable()).singleElement().satisfies(one -> {
            assertThat(one.key()).isEqualTo("b.yaml");
            assertThat(one.id()).isEqualTo(id);
            assertThat(one.why()).contains(why);
            assertThat(one.toString()).doesNotContain("SECRETTEXT");
        });
        assertThat(own.all()).extracting(one -> one.signature().id()).containsExactly("ledger-sealed", "y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "just SECRETTEXT",
                "a: SECRETTEXT",
                "- {id: x, SECRETTEXT",
                "- &a [*a, SECRETTEXT]",
                "- \"SECRETTEXT\nunclosed",
                "",
                "\u0000SECRETTEXT"
            })
    void a_key_that_is_no_list_is_named_and_the_others_count(String text) {
        var own = OwnSignatures.read(Map.of("a.yaml", text, "b.yaml", GOOD));

        assertThat(own.unusable())
                .singleElement()
                .satisfies(one -> assertThat(one.toString())
                        .startsWith("key a.yaml: it is no YAML")
                        .doesNotContain("SECRETTEXT"));
        assertThat(own.all()).hasSize(1);
    }

    @Test
    void beyond_its_bounds_it_is_named_and_the_rest_counts() {
        var many = IntStream.rangeClosed(1, 205)
                .mapToObj("- {id: s%d, patterns: [abc], says: b.}"::formatted)
                .collect(Collectors.joining("\n"));
        var long_ = "- {id: l, patterns: ['%s'], says: b.}".formatted("a".repeat(2_001));
        var wordy = "- {id: w, patterns: [a], says: '%s'}".formatted("a".repeat(501));
        var large = "# " + "x".repeat(256 * 1024) + "\n" + GOOD;

        assertThat(OwnSignatures.read(Map.of("a", many))).satisfies(own -> {
            assertThat(own.all()).hasSize(200);
            assertThat(own.unusable()).hasSize(5);
        });
        assertThat(OwnSignatures.read(Map.of("a", long_, "b", wordy, "c", large, "d", GOOD)))
                .satisfies(own -> {
                    assertThat(own.all()).hasSize(1);
                    assertThat(own.unusable())
                            .extracting(UnusableSignature::toString)
                            .anyMatch(line -> line.contains("signature l: a pattern has more than 2000"))
                            .anyMatch(line -> line.contains("signature w: 'says' has more than 500"))
                            .anyMatch(
                                    line -> line.contains("key c: not read: with it there would be more than 256 KiB"))
                            .hasSize(3);
                });
    }

    /** A quotation hides brackets from whoever counts instructions. */
    @Test
    void a_quotation_is_refused() {
        assertThat(readOf("(?:(?:a{50}\\Q(\\E){60}\\Q(\\E){60}").unusable().toString())
                .contains("quotes with");
    }

    /** One of these ended the process: whoever looked for words in it never came to its end. */
    @ParameterizedTest
    @ValueSource(strings = {"code {500", "a{0", "foo{01", "id={1,", "x[a[:]"})
    void a_bracket_that_nobody_closes_is_a_letter_or_an_error_and_no_endless_work(String pattern) {
        assertThat(readOf(pattern).unusable()).hasSizeLessThanOrEqualTo(1);
    }

    private static OwnSignatures readOf(String pattern) {
        return OwnSignatures.read(Map.of("a", "- id: x\n  says: b.\n  patterns:\n    - '%s'\n".formatted(pattern)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "\\x41bcdef            ¦ Abcdef",
                "\\101bcdef            ¦ Abcdef",
                "\\p{Greek}bcd         ¦ αbcd",
                "\\pNabcd              ¦ 7abcd",
                "(?<n>abc:def)|ghijk   ¦ ghijk",
                "(?<n>a|bcd:efgh)      ¦ a",
                "(?i)ABCdef            ¦ abcDEF",
                "(?i:ABC)def           ¦ abcdef",
                "abc(?:def)?ghi        ¦ abcghi",
                "(?:abc|def){0}xyzw    ¦ xyzw",
                "[]a]bcdef             ¦ ]bcdef",
                "[^]]bcdef             ¦ abcdef",
                "[[:alpha:]]bcdef      ¦ abcdef",
                "abc{2}d{,3}           ¦ abccd{,3}",
                "(?s)abc.def           ¦ abc~def",
                "abc\\.def             ¦ abc.def"
            })
    void whatever_re2_takes_is_found(String pattern, String text) {
        var yaml = "- id: x\n  says: b.\n  patterns:\n    - '%s'\n".formatted(pattern);

        var own = OwnSignatures.read(Map.of("a", yaml));

        assertThat(own.unusable()).isEmpty();
        assertThat(own.near(text).first(text)).isPresent();
    }

    @Test
    void the_size_of_an_expression_is_known_before_it_is_compiled_and_no_expression_breaks_the_reader() {
        var random = new Random(22);
        var pieces =
                "a b [a-z] [^]x] \\d \\. \\x41 (?P<n> (?: (?i) ( ) ) ) | * + ? {2} {3} {2,} {1,3} {,2} {0} . ^ $ \\b { } ]"
                        .split(" ");
        int compiled = 0;
        for (int i = 0; i < 40_000; i++) {
            var expression = random.ints(1 + random.nextInt(9), 0, pieces.length)
                    .mapToObj(piece -> pieces[piece])
                    .collect(Collectors.joining());
            try {
                var size = Pattern.compile(expression).programSize();
                compiled++;
                assertThat(ProgramSize.of(expression)).as(expression).isGreaterThanOrEqualTo(size - 3);
                assertThat(Signature.Spelling.ofOthers(expression).weight()).isEqualTo(size);
            } catch (PatternSyntaxException e) {
                assertThat(ProgramSize.of(expression)).isPositive();
            }
        }
        assertThat(compiled).isGreaterThan(3_000);
    }
}
