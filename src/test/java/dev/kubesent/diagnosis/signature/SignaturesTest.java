package dev.kubesent.diagnosis.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files of signatures promise: each entry has what others really printed, and what only looks like it. */
class SignaturesTest {

    private static final Path FOLDER = Path.of("src/main/resources/signatures");

    /** Entries; the catalogue only grows. */
    private static final int LEAST = 210;

    /**
     * Families of what programs say. Of what Kubernetes says the reader of chains fills some gaps itself (the plug-in that speaks), and
     * {@code SourcesTest} reads the texts as it does.
     */
    private static final Set<String> LOGS =
            Set.of("data", "dependency", "files", "memory", "node", "program", "settings");

    static List<Entry> entriesOfLogs() {
        return entries().stream().filter(entry -> LOGS.contains(entry.family())).toList();
    }

    record Entry(String family, Signature signature, JsonNode shown) {

        @Override
        public String toString() {
            return family + "/" + signature.id();
        }
    }

    static List<Entry> entries() {
        return families().flatMap(SignaturesTest::of).toList();
    }

    private static Stream<String> families() {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Entry> of(String family) {
        var parts = Signatures.resource(family).split(Signatures.EXAMPLES, 2);
        var shown = KubernetesJson.parse(parts.length > 1 ? parts[1] : "{}", JsonNode.class);
        return Signatures.of(family).all().stream()
                .map(signature -> new Entry(family, signature, shown.path(signature.id())));
    }

    @Test
    void there_are_as_many_as_there_were_and_no_two_of_one_name() {
        assertThat(entries()).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(entries().stream().map(entry -> entry.signature().id())).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void an_entry_has_two_public_sources_and_a_look_alike(Entry entry) {
        assertThat(sources(entry)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lookAlikes(entry)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void it_knows_what_others_really_printed(Entry entry) {
        assertThat(texts(entry))
                .allSatisfy(
                        text -> assertThat(entry.signature().in(text)).as(text).isPresent());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void it_does_not_know_what_only_looks_like_it(Entry entry) {
        assertThat(lookAlikes(entry))
                .allSatisfy(
                        text -> assertThat(entry.signature().in(text)).as(text).isEmpty());
    }

    /** A pattern without one would be run on every line of every log. */
    @ParameterizedTest
    @MethodSource("entries")
    void every_pattern_has_a_word_that_is_looked_for_first(Entry entry) {
        assertThat(entry.signature().patterns())
                .allSatisfy(spelling -> assertThat(spelling.literals())
                        .as(spelling.pattern().pattern())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("entriesOfLogs")
    void every_gap_of_its_sentences_is_caught_by_a_pattern(Entry entry) {
        var caught = entry.signature().patterns().stream()
                .flatMap(spelling -> spelling.pattern().namedGroups().keySet().stream())
                .map(name -> name.replaceAll("\\d+$", ""))
                .collect(Collectors.toSet());
        var gaps = new TreeSet<>(entry.signature().says().gaps());
        entry.signature().advice().ifPresent(advice -> gaps.addAll(advice.gaps()));

        assertThat(caught).containsAll(gaps);
    }

    @ParameterizedTest
    @MethodSource("entriesOfLogs")
    void what_it_says_reads_as_a_sentence_with_and_without_what_is_caught(Entry entry) {
        assertThat(texts(entry))
                .map(text -> entry.signature().in(text).orElseThrow().explanation())
                .allSatisfy(said -> assertThat(said)
                        .endsWith(".")
                        .doesNotContain("{", "}", "[ ", "  ")
                        .isNotBlank());
    }

    @Test
    void an_entry_that_cannot_be_used_is_named() {
        assertThatThrownBy(() -> Signatures.parse("- {id: x, cause: NO_SUCH_CAUSE, says: a., advice: b.}", "mine"))
                .hasMessageContaining("signature 'x' of mine")
                .hasMessageContaining("NO_SUCH_CAUSE");
        assertThatThrownBy(() -> Signatures.parse("- {id: x, cause: DISK_FULL, says: a., patterns: ['(']}", "mine"))
                .hasMessageContaining("signature 'x' of mine");
        assertThatThrownBy(() -> Signatures.parse("- {id: x, cause: DISK_FULL, patterns: ['a']}", "mine"))
                .hasMessageContaining("'says' is missing");
    }

    private static List<String> texts(Entry entry) {
        return entry.shown()
                .path("examples")
                .valueStream()
                .map(example -> example.path("text").asText())
                .toList();
    }

    private static List<String> sources(Entry entry) {
        return entry.shown()
                .path("examples")
                .valueStream()
                .map(example -> example.path("source").asText())
                .filter(source -> !source.isBlank())
                .distinct()
                .toList();
    }

    private static List<String> lookAlikes(Entry entry) {
        return entry.shown()
                .path("lookalikes")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }
}
