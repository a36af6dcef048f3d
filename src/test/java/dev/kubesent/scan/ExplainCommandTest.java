package dev.kubesent.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExplainCommandTest {

    private static final String POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web-1}\nspec: {}\n";
    private static final String EVENT = "kind: Event\nreason: BackOff\nmessage: back-off\n";
    private static final String GIVEN = """
            {"cause": "COMMAND_NOT_FOUND", "confidence_score": 90, "root_cause": "no such file", "evidence": ["LOG: x"], "advice": "Correct it.", "suggested_fix_yaml": ""}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();

    private int explain(String stdin, ExplainCommand.Answer answer, String... files) {
        var in = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
        return new CommandLine(new ExplainCommand(
                        question -> {
                            asked.add(new String(question, StandardCharsets.UTF_8));
                            return answer;
                        },
                        in))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(files);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void files_are_told_apart_by_what_is_in_them() throws IOException {
        var code = explain(
                "the last line\n",
                new ExplainCommand.Answer(true, GIVEN),
                file("a", POD),
                file("b", "kind: List\nitems:\n- {kind: Event, reason: BackOff, message: back-off}\n"),
                file("c", EVENT),
                "-");

        assertThat(code).isZero();
        assertThat(asked)
                .singleElement()
                .asString()
                .contains("\"pod\":{\"apiVersion\":\"v1\"")
                .contains("\"logs\":[\"the last line\"]")
                .containsPattern("\"events\":\\[\\{.*\\},\\{.*\\}\\]");
        assertThat(out.toString()).startsWith("COMMAND_NOT_FOUND, confidence 90: no such file");
    }

    @Test
    void what_is_wrong_is_said_with_what_to_do() throws IOException {
        assertThat(explain("", new ExplainCommand.Answer(true, GIVEN), file("log", "a line")))
                .isEqualTo(2);
        assertThat(explain(
                        "",
                        new ExplainCommand.Answer(true, GIVEN),
                        folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(explain(
                        "",
                        new ExplainCommand.Answer(true, GIVEN),
                        file("d", "Name:         web-1\nNamespace:    shop\n")))
                .isEqualTo(2);
        assertThat(explain("", new ExplainCommand.Answer(false, "{\"detail\": \"the pod is well\"}"), file("p", POD)))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("no pod is among the files: kubectl get pod NAME -o yaml")
                .contains("there is no file")
                .contains("kubectl describe leaves out too much")
                .contains("the pod is well");
        assertThat(out.toString()).isEmpty();
    }
}
