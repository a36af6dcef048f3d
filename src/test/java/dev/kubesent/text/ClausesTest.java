package dev.kubesent.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClausesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Fix it.            | Fix it.
        Fix it             | Fix it
        Fix it./Too soon   | Fix it; Too soon
        Too soon/Fix it.   | Too soon; Fix it.
        One./Two./Three.   | One; Two; Three.
        Going on.../Later  | Going on...; Later
        of web:1.0./Later  | of web:1.0; Later
        """)
    void a_full_stop_stands_at_the_end_only(String sentences, String line) {
        assertThat(Clauses.joined(Arrays.asList(sentences.split("/")))).isEqualTo(line);
    }

    @Test
    void of_nothing_there_is_nothing() {
        assertThat(Clauses.joined(List.of())).isEmpty();
        assertThat(Clauses.open("")).isEmpty();
        assertThat(Clauses.open(".")).isEmpty();
    }

    /** What a person reads of an incident, in every scenario. */
    @Test
    void no_story_has_a_full_stop_before_another_sign() throws IOException {
        try (var files = Files.walk(Path.of("src/test/resources/scenarios"))) {
            var ends = files.filter(file -> file.endsWith("expected.yaml")).toList();
            assertThat(ends)
                    .hasSizeGreaterThan(300)
                    .allSatisfy(file -> assertThat(Files.readString(file).replaceAll("\\\\\\R\\s*\\\\?", ""))
                            .as(file.toString())
                            .doesNotContainPattern("[a-z]\\.(;|\\. )"));
        }
    }
}
