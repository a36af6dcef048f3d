package dev.kubesent.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CausesPageTest {

    @Test
    void every_cause_is_explained_and_nothing_else() throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/causes.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3)))
                .containsExactlyElementsOf(
                        Arrays.stream(Cause.values()).map(Enum::name).toList());
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
