package dev.kubesent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that a person reads, in sentences that a tired one understands. Issue 28 gives the numbers of the first two; those of operators are shorter still. */
class SentencesTest {

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/flow.md"})
    void sentences_are_short(String page) throws IOException {
        var found = Sentences.of(Files.readString(Path.of(page)));

        assertThat(found.count()).isGreaterThan(40);
        assertThat(found.average()).as(String.join("\n", found.longest(27))).isLessThanOrEqualTo(16);
        assertThat(found.p90()).as(String.join("\n", found.longest(27))).isLessThanOrEqualTo(26);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "knative/README.md",
                "knative/chart/README.md",
                "events/README.md",
                "docs/signatures.md",
                "docs/settings.md",
                "docs/known-limits.md",
                "docs/cleanup.md",
                "docs/lambda.md",
                "SECURITY.md"
            })
    void sentences_for_operators_are_shorter_still(String page) throws IOException {
        var found = Sentences.of(Files.readString(Path.of(page)));

        assertThat(found.count()).isGreaterThanOrEqualTo(25);
        assertThat(found.average()).as(String.join("\n", found.longest(23))).isLessThanOrEqualTo(14);
        assertThat(found.p90()).as(String.join("\n", found.longest(23))).isLessThanOrEqualTo(22);
    }

    @Test
    void the_readme_is_read_in_a_minute() throws IOException {
        var readme = Files.readString(Path.of("README.md"));

        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(120);
        assertThat(Sentences.of(readme).longestCell()).isBetween(1, 15);
    }

    @Test
    void words_are_counted_as_a_reader_counts_them() {
        var found = Sentences.of("""
            # A heading counts for nothing

            One two `three four` [five six](https://example.com/a.b). Seven
            eight!

            ```
            nothing of this
            ```

            - nine ten
            - eleven

            | a | b |
            | --- | --- |
            | one | a cell of five words |
            """);

        assertThat(found.longest(0))
                .containsExactlyInAnyOrder(
                        "One two CODE five six.", "Seven eight!", "nine ten", "eleven", "a cell of five words");
        assertThat(found.average()).isEqualTo(3.0);
        assertThat(found.p90()).isEqualTo(5);
        assertThat(found.longestCell()).isEqualTo(5);
    }
}
