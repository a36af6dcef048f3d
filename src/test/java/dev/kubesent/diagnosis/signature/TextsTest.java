package dev.kubesent.diagnosis.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the words come from that the rules on what Kubernetes and its runtime say rely on: src/test/resources/texts.yaml. */
class TextsTest {

    /** Both only grow. */
    private static final int LEAST = 212;

    private static final int LEAST_TOLD_BY_THE_NODE = 130;

    private static final List<String> FAMILIES =
            List.of("image", "start", "volume", "sandbox", "schedule", "probe", "loader");

    private static final JsonNode FILE = read(Path.of("src/test/resources/texts.yaml"));

    /**
     * @param by whose words
     * @param file where in its source
     * @param commit at which it was read there; empty where it was not
     * @param inBuild whether the program of the node's version has it
     * @param told cases in which the node said it
     * @param knows a signature, or the class of a rule
     */
    record Text(
            String by,
            String format,
            String file,
            String commit,
            boolean inBuild,
            List<String> told,
            String knows,
            String message) {

        private static Text of(JsonNode row) {
            var format = row.path("format").asText();
            return new Text(
                    row.path("by").asText(),
                    format,
                    row.path("file").asText(),
                    row.path("read").asText(),
                    row.path("build").asBoolean(),
                    row.path("told").valueStream().map(JsonNode::asText).toList(),
                    row.path("knows").asText(),
                    row.has("text") ? row.path("text").asText() : filled(format));
        }

        private static String filled(String format) {
            return format.replace("%q", "\"x-1\"")
                    .replace("%d", "7")
                    .replace("%f", "1.5")
                    .replaceAll("%\\+?[svw]", "x-1");
        }

        boolean isChecked() {
            return inBuild || !commit.isEmpty();
        }

        /** Its longest part that is the same in every message. */
        private String constant() {
            return Arrays.stream(format.split("%\\+?[a-z]"))
                    .map(String::strip)
                    .max(Comparator.comparingInt(String::length))
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return knows + " " + message;
        }
    }

    static List<Text> texts() {
        return FILE.path("texts").valueStream().map(Text::of).toList();
    }

    static List<Text> ofSignatures() {
        return texts().stream().filter(text -> text.knows().contains("/")).toList();
    }

    static List<Text> ofClasses() {
        return texts().stream().filter(text -> !text.knows().contains("/")).toList();
    }

    @ParameterizedTest
    @MethodSource("ofSignatures")
    void a_signature_knows_the_words_of_its_source(Text text) {
        var place = text.knows().split("/", 2);
        var signature = Signatures.of(place[0]).all().stream()
                .filter(one -> one.id().equals(place[1]))
                .findFirst();

        assertThat(signature.orElseThrow().in(text.message())).isPresent();
    }

    /** That the class knows it, the case says that has it. */
    @ParameterizedTest
    @MethodSource("ofClasses")
    void what_a_class_knows_stands_in_a_case_or_test(Text text) {
        assertThat(files(Path.of("src/main/java")).anyMatch(file -> file.endsWith(text.knows() + ".java")))
                .isTrue();
        assertThat(Cases.ALL.contains(text.constant().replaceAll("\\s+", " ")))
                .as(text.constant())
                .isTrue();
    }

    /** Every case and test as one text; line ends and quotes of YAML made plain. */
    private static final class Cases {
        private static final String ALL = Stream.of(
                        "src/test/resources/causes",
                        "src/test/resources/scenarios",
                        "src/test/resources/scenario-bases",
                        "src/test/java")
                .flatMap(folder -> files(Path.of(folder)))
                .filter(file -> !file.endsWith("TextsTest.java"))
                .map(TextsTest::string)
                .collect(Collectors.joining("\n"))
                .replace("''", "'")
                .replaceAll("\\s+", " ");
    }

    @Test
    void every_signature_has_its_source_here_or_stands_with_whose_words_it_has() {
        var here = ofSignatures().stream().map(Text::knows).collect(Collectors.toCollection(TreeSet::new));
        var others = FILE.path("others")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
        var all = FAMILIES.stream()
                .flatMap(family -> Signatures.of(family).all().stream().map(one -> family + "/" + one.id()))
                .toList();

        assertThat(here).doesNotContainAnyElementsOf(others);
        assertThat(Stream.concat(here.stream(), others.stream())).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void what_the_node_is_made_to_say_stands_here_and_the_other_way_round() {
        var told =
                texts().stream().flatMap(text -> text.told().stream()).collect(Collectors.toCollection(TreeSet::new));
        var provoked = Stream.concat(
                        Stream.of(Path.of("src/it/causes.yaml")),
                        files(Path.of("src/it/texts"))
                                .filter(file -> file.endsWith(".yaml"))
                                .map(Path::of))
                .flatMap(file -> Arrays.stream(string(file.toString()).split("\n---\n")))
                .filter(document -> document.contains("kind:"))
                .map(document -> KubernetesJson.parse(document, JsonNode.class).path("metadata"))
                .filter(metadata -> metadata.path("annotations").has("text"))
                .map(metadata -> metadata.path("name").asText())
                .toList();

        assertThat(told).containsExactlyInAnyOrderElementsOf(provoked);
    }

    @Test
    void the_page_shows_them_and_how_each_is_checked() {
        assertThat(texts()).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(count(text -> !text.told().isEmpty())).isGreaterThanOrEqualTo(LEAST_TOLD_BY_THE_NODE);

        Golden.assertMatches(Path.of("docs/evidence/texts.md"), page());
    }

    private static String page() {
        var page = new StringBuilder(string("src/test/resources/texts-page.md"));
        page.append("""

            | texts | |
            | --- | --- |
            | in the table below | %d |
            | in the program of the node's version, or read in the source | %d (in the program %d, read %d) |
            | only told by the node, as the compiler or Go takes the format apart | %d |
            | neither | %d |
            | told by the node | %d |
            | signatures whose words are of others | %d of %d |

            | says | known by | by | where | read at | in the build | told in |
            | --- | --- | --- | --- | --- | --- | --- |
            """.formatted(
                texts().size(),
                count(Text::isChecked),
                count(Text::inBuild),
                count(text -> !text.commit().isEmpty()),
                count(text -> !text.isChecked() && !text.told().isEmpty()),
                count(text -> !text.isChecked() && text.told().isEmpty()),
                count(text -> !text.told().isEmpty()),
                FILE.path("others").valueStream().mapToInt(JsonNode::size).sum(),
                FAMILIES.stream()
                        .mapToInt(family -> Signatures.of(family).all().size())
                        .sum()));
        texts().forEach(text -> page.append("| `%s` | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        text.format().replace("|", "\\|"),
                        text.knows(),
                        text.by(),
                        text.file(),
                        text.commit(),
                        text.inBuild() ? "yes" : "",
                        String.join(", ", text.told()))));
        page.append("\n"
                + "Whose words the other signatures have; their sources are public reports, behind each"
                + " signature:\n\n");
        FILE.path("others")
                .propertyStream()
                .forEach(group -> page.append("- %s: %s\n"
                        .formatted(
                                group.getKey(),
                                group.getValue()
                                        .valueStream()
                                        .map(JsonNode::asText)
                                        .collect(Collectors.joining(", ")))));
        return page.toString();
    }

    private static long count(Predicate<Text> which) {
        return texts().stream().filter(which).count();
    }

    private static Stream<String> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        return KubernetesJson.parse(string(file.toString()), JsonNode.class);
    }

    private static String string(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
