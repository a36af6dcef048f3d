package dev.kubesent.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no secret stays: of the lines of logs, events and statuses that diagnoses live on at most one in two hundred loses anything. */
class OrdinaryLinesTest {

    private static final Path OWN = Path.of("src/test/resources");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Of people and of real clusters, where they are at hand; the figure is told, and the test is of our own lines. */
    private static final List<Path> OTHERS = List.of(Path.of("../shared/corpus"), Path.of("../shared/captures"));

    @Test
    void at_most_one_in_two_hundred_of_our_own_lines_loses_anything() throws IOException {
        var lines = new LinkedHashSet<String>();
        for (var folder : List.of("causes", "scenarios", "scenario-bases", "redaction/ordinary")) {
            lines.addAll(lines(OWN.resolve(folder)));
        }

        assertThat(lines).hasSizeGreaterThan(2_000);
        assertThat(changed("own lines", lines).size()).isLessThanOrEqualTo(lines.size() / 200);
    }

    /**
     * Lines of eight rounds of fresh reports that were changed at first contact; some of them do hold a password. The last round brought five: a
     * password in a URL, two errors about /etc/passwd, a format of cgroup paths, and a tag that is a digest.
     */
    private static final int FRESH = 35;

    /** What programs say about passwords, tokens and secrets, of public reports and as they are known to say it: each word of it is a fact. */
    @Test
    void prose_about_credentials_loses_nothing() throws IOException {
        var lines = Files.readAllLines(OWN.resolve("redaction/ordinary/prose.txt"));

        assertThat(lines).hasSizeGreaterThan(160);
        assertThat(changed("prose", new LinkedHashSet<>(lines))).isEmpty();
    }

    @Test
    void nor_do_the_texts_of_public_reports() throws IOException {
        var lines = lines(OWN.resolve("corpus/open"));

        assertThat(lines).hasSizeGreaterThan(2_000);
        assertThat(changed("public reports", lines)).isEmpty();
    }

    /** Reports that redaction was not written from: what is masked there and is no secret. It may only become less. */
    @Test
    void of_fresh_reports_little_is_lost() throws IOException {
        var lines = lines(OWN.resolve("corpus"));
        lines.removeAll(lines(OWN.resolve("corpus/open")));

        assertThat(lines).hasSizeGreaterThan(4_000);
        assertThat(changed("fresh reports", lines)).hasSizeLessThanOrEqualTo(FRESH);
    }

    /** The same words as a value, where nothing says that they are prose. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret: hunter/two",
                "  secret: secret/data",
                "password: hunter/two is it",
                "the password: data/cart/live",
                "token: expected3parts",
                "credentials: app=horse",
                "password=hidden-horse,",
                "imagePull: x, secret: horse",
                "cluster key: q1W2e3R4t5Y6u7I8o9P0aA",
                "Cluster ID = q1W2e3R4t5Y6u7I8o9P0aAq1W2e3R4t5Y6"
            })
    void what_only_looks_like_it_is_masked(String line) {
        assertThat(Masking.text(line)).contains("***");
    }

    @Test
    void nor_do_those_of_others() throws IOException {
        for (var folder : OTHERS) {
            if (Files.isDirectory(folder)) {
                var lines = lines(folder);
                assertThat(changed(folder.toString(), lines).size()).isLessThanOrEqualTo(lines.size() / 200);
            }
        }
    }

    private static List<String> changed(String of, Set<String> lines) {
        var changed = new ArrayList<String>();
        for (var line : lines) {
            var masked = Masking.text(line);
            if (!masked.equals(line)) {
                changed.add(line + "\n   -> " + masked);
            }
        }
        System.out.printf("%s: %d of %d lines are changed%n", of, changed.size(), lines.size());
        changed.forEach(System.out::println);
        return changed;
    }

    private static Set<String> lines(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            var lines = new LinkedHashSet<String>();
            files.filter(Files::isRegularFile).sorted().forEach(file -> add(file, lines));
            return lines;
        }
    }

    private static void add(Path file, Set<String> lines) {
        try {
            var name = file.getFileName().toString();
            if (name.endsWith(".txt")) {
                lines.addAll(Files.readAllLines(file));
            } else if (name.endsWith(".json") || name.endsWith(".yaml") && !name.equals("expected.yaml")) {
                try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
                    documents.forEachRemaining(document -> texts(document, lines));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static void texts(JsonNode node, Set<String> lines) {
        if (node.isTextual()) {
            lines.addAll(node.asText().lines().toList());
        }
        node.forEach(child -> texts(child, lines));
    }
}
