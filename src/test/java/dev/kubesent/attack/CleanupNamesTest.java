package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cleanup.Cleanup;
import dev.kubesent.cleanup.CleanupSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** shared/reviews/security.md, 8: C1, bidirectional and zero-width characters of a file's name reach the terminal of whoever reads the log. */
class CleanupNamesTest {

    @TempDir
    private Path folder;

    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    @ParameterizedTest
    @CsvSource({
        "001B", "000A", "007F", "0085", "009B", "00AD", "200B", "200E", "202E", "2066", "2028", "2029", "FEFF", "E000",
        "E0041"
    })
    void a_character_that_is_not_seen_or_does_something_is_shown_by_its_number(String hexadecimal) throws IOException {
        var evil = Character.toString(Integer.parseInt(hexadecimal, 16));
        var deep = String.join("/", Collections.nCopies(401, "d"));
        Files.createDirectories(folder.resolve(deep).resolve("x" + evil + "y"));

        run(Map.of("SOURCE_DIR", folder.resolve("d").toString(), "DAYS_OLD", "1"));

        assertThat(complaints)
                .singleElement()
                .asString()
                .contains("x\\u{" + hexadecimal + "}y")
                .doesNotContain(evil);
    }

    private void run(Map<String, String> environment) {
        new Cleanup(CleanupSettings.read(environment::get), Clock.systemUTC(), complaints::add).run();
    }
}
