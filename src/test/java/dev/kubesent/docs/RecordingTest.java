package dev.kubesent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** README's recording shows what the local run prints. Where it does not any more, {@code src/it/recording.sh} makes it again. */
class RecordingTest {

    private static final Path PICTURE = Path.of("docs/local-run.svg");

    private static final int COLUMNS = 100;

    private final String text = read(PICTURE);
    private final Element svg = parsed(text).getDocumentElement();

    @Test
    void it_shows_lines_that_the_local_run_prints() {
        var printed = read(Path.of("src/test/resources/local-run.txt")).lines().toList();

        var shown = whole(lines());
        assertThat(shown).hasSizeGreaterThan(25);
        assertThat(shown.subList(0, shown.size() - 1))
                .as("what it shows; src/it/recording.sh records it again")
                .isSubsetOf(printed);
        assertThat(shown.getLast()).startsWith("Open http://localhost:8080/");
    }

    @Test
    void it_tells_of_the_event_the_cause_the_gate_the_change_and_the_cure() {
        assertThat(whole(lines()).stream().map(String::strip))
                .containsSubsequence(
                        "● 02-deployment-oom.http",
                        "seen       OOMKilled in container app of Deployment/web-oom",
                        "cause      MEMORY_LIMIT_TOO_LOW (confidence 95): The container used all of its memory limit"
                                + " and the kernel killed it.",
                        "verdict    Approved",
                        "change     + containers[app].resources.limits.memory: 132Mi",
                        "Deployment/web-oom       OOMKilled          MEMORY_LIMIT_TOO_LOW       Healed");
    }

    @Test
    void its_command_is_that_of_readme() {
        var readme = read(Path.of("README.md"));

        assertThat(readme).contains("](docs/local-run.svg)");
        assertThat(texts("command"))
                .singleElement()
                .satisfies(command -> assertThat(readme)
                        .contains("\n" + command.getTextContent().substring("$ ".length()) + " "));
    }

    @Test
    void it_is_read_by_everybody() {
        assertThat(svg.getTagName()).isEqualTo("svg");
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getAttribute("aria-labelledby")).isEqualTo("title desc");
        assertThat(elements("title"))
                .singleElement()
                .satisfies(title -> assertThat(title.getTextContent()).isNotBlank());
        assertThat(elements("desc"))
                .singleElement()
                .satisfies(desc -> assertThat(desc.getTextContent()).contains("Pauses over"));
        assertThat(text).contains("prefers-color-scheme: dark", "prefers-reduced-motion: no-preference");
        assertThat(elements("text"))
                .allSatisfy(line -> assertThat(line.getTextContent()).hasSizeLessThanOrEqualTo(COLUMNS));
    }

    /** GitHub shows a picture from nowhere else, and runs nothing in it. */
    @Test
    void it_has_no_script_and_nothing_from_elsewhere() {
        assertThat(elements("*"))
                .extracting(Element::getTagName)
                .containsOnly("title", "desc", "style", "rect", "path", "text", "tspan");
        assertThat(text.replace("xmlns=\"http://www.w3.org/2000/svg\"", "").replace("Open http://localhost:8080/", ""))
                .doesNotContain("://", "url(", "@import", "href", "<!");
        assertThat(text.length()).isLessThan(20_000);
    }

    private List<Element> lines() {
        return elements("text").stream()
                .filter(line -> line.getAttribute("class").matches("comes (line|more)"))
                .toList();
    }

    /** As they were printed: what was wrapped is one line again. */
    private static List<String> whole(List<Element> rows) {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var shown = row.getTextContent();
            if (row.getAttribute("class").endsWith("more")) {
                lines.add(lines.removeLast() + " " + shown.strip());
            } else {
                lines.add(shown);
            }
        }
        return lines;
    }

    private List<Element> texts(String kind) {
        return elements("text").stream()
                .filter(line -> line.getAttribute("class").equals(kind))
                .toList();
    }

    private List<Element> elements(String tag) {
        var found = svg.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static Document parsed(String xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
