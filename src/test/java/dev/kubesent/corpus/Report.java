package dev.kubesent.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A public report of a failing pod, rebuilt as a question to {@code /diagnose}: a folder with request.json, check.json (what a right answer
 * says) and expected.md (the truth, and its source).
 */
record Report(String name, JsonNode request, JsonNode check) {

    static final Path ALL = Path.of("src/test/resources/corpus");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of every folder below one, in the order of their names. */
    static List<Report> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("check.json"))
                    .sorted()
                    .map(Path::getParent)
                    .map(Report::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Report read(Path folder) {
        try {
            return new Report(
                    folder.getFileName().toString(),
                    JSON.readTree(folder.resolve("request.json").toFile()),
                    JSON.readTree(folder.resolve("check.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String kind() {
        return check.path("kind").asText();
    }

    /** The patterns below one name of the check. */
    List<String> patterns(String name) {
        return check.path(name).valueStream().map(JsonNode::asText).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
