package dev.kubesent.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
                        Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC),
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
                        file("y", "apiVersion: v1\nkind: Pod\n  metadata: x\n")))
                .isEqualTo(2);
        assertThat(explain("", new ExplainCommand.Answer(false, "{\"detail\": \"the pod is well\"}"), file("p", POD)))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "no pod is among the files. Give one with: kubectl get pod NAME -o yaml > pod.yaml, or kubectl"
                                + " describe")
                .contains("there is no file")
                .contains("a file looks like YAML and cannot be read")
                .contains("the pod is well");
        assertThat(out.toString()).isEmpty();
    }

    private static final String DESCRIBED = """
        Name:         %s
        Namespace:    shop
        Status:       Pending
        Containers:
          app:
            Image:          web:1
            State:          Waiting
              Reason:       ErrImagePull
            Ready:          False
            Restart Count:  0
            Environment:    <none>
        Events:
          Type     Reason  Age  From     Message
          ----     ------  ---  ----     -------
          Warning  Failed  5s   kubelet  Failed to pull image "web:1": \u001b[2J\u202enot found
        """;

    @Test
    void a_description_is_a_pod_with_its_events() throws IOException {
        assertThat(explain("", new ExplainCommand.Answer(true, GIVEN), file("d", DESCRIBED.formatted("web-1"))))
                .isZero();

        assertThat(asked)
                .singleElement()
                .asString()
                .contains("\"name\":\"web-1\"")
                .contains("\"reason\":\"ErrImagePull\"")
                .contains("\"events\":[{");
        assertThat(out.toString()).contains("unread   kubectl describe does not print restartPolicy");
    }

    /** Of the same pod the object says more, and the description adds its events. */
    @Test
    void an_object_and_a_description_of_one_pod_are_one() throws IOException {
        var pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web-1, namespace: shop}\nspec: {restartPolicy: Never}\n";
        for (var both :
                List.of(List.of(pod, DESCRIBED.formatted("web-1")), List.of(DESCRIBED.formatted("web-1"), pod))) {
            asked.clear();

            assertThat(explain(
                            "",
                            new ExplainCommand.Answer(true, GIVEN),
                            file("a", both.getFirst()),
                            file("b", both.getLast())))
                    .isZero();

            assertThat(asked)
                    .singleElement()
                    .asString()
                    .contains("\"restartPolicy\":\"Never\"")
                    .contains("\"events\":[{");
        }
    }

    @Test
    void each_of_several_pods_is_explained_under_its_name_with_its_own_events() throws IOException {
        var event = "{\"kind\": \"Event\", \"reason\": \"BackOff\", \"involvedObject\": {\"name\": \"web-2\"}}";
        assertThat(explain(
                        "a line of a log\n",
                        new ExplainCommand.Answer(true, GIVEN),
                        file("d", DESCRIBED.formatted("web-1") + "\n\n" + DESCRIBED.formatted("web-2")),
                        file("e", event),
                        "-"))
                .isZero();

        assertThat(asked).hasSize(2).noneMatch(question -> question.contains("a line of a log"));
        assertThat(asked.getFirst()).doesNotContain("BackOff");
        assertThat(asked.getLast()).contains("BackOff");
        assertThat(out.toString())
                .contains("Pod shop/web-1\nCOMMAND_NOT_FOUND")
                .contains("Pod shop/web-2\nCOMMAND_NOT_FOUND")
                .contains("a log does not say of which pod it is");
    }

    @Test
    void one_that_is_well_among_several_is_said_to_be() throws IOException {
        var answers = List.of(
                        new ExplainCommand.Answer(false, "{\"detail\": \"it is well\"}"),
                        new ExplainCommand.Answer(true, GIVEN))
                .iterator();
        var code = new CommandLine(new ExplainCommand(
                        _ -> answers.next(), Clock.systemUTC(), java.io.InputStream.nullInputStream()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(file("d", DESCRIBED.formatted("web-1") + DESCRIBED.formatted("web-2")));

        assertThat(code).isZero();
        assertThat(out.toString()).contains("Pod shop/web-1\nit is well").contains("Pod shop/web-2\nCOMMAND");
    }

    @Test
    void a_name_in_a_description_says_nothing_to_the_terminal() throws IOException {
        var hostile = "web-1\u001b]0;x\u0007\u202e";

        explain(
                "",
                new ExplainCommand.Answer(true, GIVEN),
                file("d", DESCRIBED.formatted(hostile) + DESCRIBED.formatted("web-2")));

        assertThat(out.toString())
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .contains("Pod shop/web-1\\u001B]0;x");
    }
}
