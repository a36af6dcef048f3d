package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.Golden;
import dev.kubesent.testing.StartsTheApplication;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a newcomer sees first. */
@StartsTheApplication
class LocalRunTest {

    @Test
    void the_samples_are_replayed_as_the_golden_file_shows() {
        var line = CommandLine.parse("--exit");
        try (var context = Main.start(line, Settings.read(Map.<String, String>of()::get, false))) {
            var out = new ByteArrayOutputStream();

            context.getBean(LocalRun.class).replay(new PrintStream(out, true, StandardCharsets.UTF_8));

            // A pod that a ReplicaSet made has a name of its own each time, and every new pod a uid.
            var printed = out.toString(StandardCharsets.UTF_8)
                    .replaceAll("has uid [0-9a-f-]{36}", "has uid …")
                    .replaceAll("(web-oom-66b8b974b8)-[0-9a-f]{5} ", "$1-xxxxx ");
            Golden.assertMatches(Path.of("src/test/resources/local-run.txt"), printed);
            assertThat(printed).doesNotContain("\u001b");
        }
    }
}
