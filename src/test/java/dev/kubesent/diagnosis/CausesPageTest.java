package dev.kubesent.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Chapter;
import dev.kubesent.api.v1alpha1.Family;
import dev.kubesent.api.v1alpha1.Trait;
import dev.kubesent.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a cause means, what KubeSent does and what a person does stands once; the page is written from it. */
class CausesPageTest {

    /** Characters. */
    private static final int LONGEST_SENTENCE = 260;

    @Test
    void the_page_is_written_from_the_catalogue() {
        Golden.assertMatches(Path.of("docs/causes.md"), CausesPage.text());
    }

    @ParameterizedTest
    @EnumSource
    void every_cause_says_what_it_means_and_what_a_person_does(Cause cause) {
        var chapter = Chapter.of(cause);

        assertThat(chapter.means()).matches("(?s).*\\S[.:]?").endsWith(".");
        assertThat(chapter.advice()).endsWith(".").doesNotContain("`", "](");
        assertThat(chapter.kubesent()).matches("|.*\\.");
        assertThat(Stream.of(chapter.means(), chapter.kubesent(), chapter.advice())
                        .flatMap(text -> Stream.of(text.split("(?<=[.:;]) "))))
                .allSatisfy(sentence -> assertThat(sentence).hasSizeLessThanOrEqualTo(LONGEST_SENTENCE));
    }

    @ParameterizedTest
    @EnumSource
    void a_family_has_its_causes_in_their_order_and_nothing_else(Family family) {
        var entries = Chapter.entries(family);

        assertThat(entries.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Arrays.stream(Cause.values())
                        .filter(cause -> cause.family() == family)
                        .map(Enum::name)
                        .toList());
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.fieldNames())
                        .toIterable()
                        .contains("means", "advice")
                        .isSubsetOf("means", "kubesent", "advice"));
    }

    @Test
    void the_causes_of_a_family_stand_together() {
        assertThat(Arrays.stream(Cause.values()).map(Cause::family)).isSorted();
    }

    @ParameterizedTest
    @EnumSource
    void a_cause_rests_on_one_thing_at_most(Cause cause) {
        assertThat(Stream.of(Trait.OF_TEMPLATE, Trait.OF_FILES, Trait.OF_PROGRAM)
                        .filter(cause::is))
                .hasSizeLessThanOrEqualTo(1);
    }

    /** An incident links to docs/causes.md#the_cause: no other heading may take that name. */
    @Test
    void each_chapter_has_the_anchor_that_incidents_link_to() {
        var headings = CausesPage.text()
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .toList();

        assertThat(headings)
                .doesNotHaveDuplicates()
                .containsAll(Arrays.stream(Cause.values())
                        .map(cause -> cause.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** Advice for a cause stands in its chapter; a rule or a signature has its own only where it says something else. */
    @Test
    void nothing_in_the_code_repeats_a_chapter() throws IOException {
        var code = new StringBuilder();
        for (var root : List.of(
                "src/main/java/dev/kubesent/api",
                "src/main/java/dev/kubesent/diagnosis",
                "src/main/resources/signatures")) {
            try (var files = Files.walk(Path.of(root))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    code.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
                }
            }
        }
        assertThat(code.toString()).contains("public enum Cause");
        var advice = Arrays.stream(Cause.values()).map(Cause::advice).distinct().toList();
        assertThat(advice).hasSizeGreaterThan(100);
        assertThat(advice.stream().filter(text -> code.indexOf(text) >= 0)).isEmpty();
    }

    @Test
    void the_numbers_of_the_readme_are_those_of_the_code() throws IOException {
        try (var cases = Files.walk(Path.of("src/test/resources/causes"))) {
            var count = cases.filter(file -> file.toString().endsWith(".yaml")).count();

            assertThat(Path.of("README.md"))
                    .content()
                    .contains("[%d causes](docs/causes.md)".formatted(Cause.values().length - 1))
                    .contains("on %d real failures and look-alikes".formatted(count));
        }
    }
}
