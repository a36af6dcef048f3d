package dev.kubesent.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Finding 3 of shared/reviews/security.md: a process whose heap was exhausted went on, and every other thread met the error. */
class OutOfMemoryTest {

    private static final String EXIT = "-XX:+ExitOnOutOfMemoryError";

    @Test
    void the_image_ends_when_its_heap_is_exhausted_and_is_started_anew() {
        assertThat(AotTraining.FLAGS).contains(EXIT);
    }

    @Test
    void whatever_else_sets_options_of_the_jvm_says_so_too() throws IOException {
        try (var files = Files.walk(Path.of("knative"))) {
            var lines = files.filter(Files::isRegularFile)
                    .flatMap(OutOfMemoryTest::lines)
                    .filter(line -> line.contains("-XX:+UseSerialGC"))
                    .toList();

            assertThat(lines).hasSizeGreaterThanOrEqualTo(2).allMatch(line -> line.contains(EXIT));
        }
    }

    /** They start it by its own entry point, which has the flag; a command of their own would leave it out. */
    @Test
    void no_manifest_starts_the_image_by_another_command() throws IOException {
        try (var files = Files.walk(Path.of("knative"))) {
            var texts = files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> String.join("\n", lines(file).toList()))
                    .filter(text -> text.contains("image: dev.local/kubesent"))
                    .toList();

            assertThat(texts)
                    .as("plain, the Knative Service, the cleanup")
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allMatch(text -> !text.contains("command:") || text.contains(EXIT));
        }
    }

    @Test
    void on_lambda_the_runtime_is_told_so_by_the_template() {
        assertThat(lines(Path.of("src/main/sam/template.yaml")))
                .anyMatch(line -> line.strip().equals("JAVA_TOOL_OPTIONS: \"" + EXIT + "\""));
        assertThat(String.join("\n", lines(Path.of("docs/lambda.md")).toList())).contains("JAVA_TOOL_OPTIONS", EXIT);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
