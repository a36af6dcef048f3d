package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.SuggestedPatch;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.testing.Questions;
import dev.kubesent.testing.ScenarioRun;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finding 5c of shared/reviews/security.md: deep YAML, and a value that is part of itself, overflowed the stack. */
class DeepDocumentTest {

    private static final int DEEP = 20_000;

    private final DiagnoseEndpoint endpoint =
            new DiagnoseEndpoint(Doctor.none(), ScenarioRun.defaultPolicies(), 1 << 21, 1, Clock.systemUTC());

    static Stream<String> yaml() {
        return Stream.of(
                "annotations: " + "[".repeat(DEEP) + "]".repeat(DEEP),
                "annotations: " + "[".repeat(DEEP),
                "annotations: " + "{a: ".repeat(DEEP) + "1" + "}".repeat(DEEP),
                "annotations: " + "- ".repeat(DEEP),
                "annotations: &a [*a]",
                "annotations: &a {b: *a}",
                "annotations: &a {b: {c: [*a]}}",
                "labels: &a [x, x]\n  annotations: [" + "*a, ".repeat(1000) + "*a]",
                "annotations: " + doubling());
    }

    /** Each twice the one before it. */
    private static String doubling() {
        var all = new StringBuilder("\n    a0: &a0 [x, x]\n");
        for (int i = 1; i < 24; i++) {
            all.append("    a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return all.toString();
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void a_pod_of_yaml_that_nobody_writes_is_the_senders_error(String annotations) {
        var pod = Questions.KILLED.replace("annotations: {}", annotations);

        var reply = endpoint.answer(Questions.of(pod, "", List.of()));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("'pod' is not a pod");
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void a_models_patch_of_it_is_dropped(String annotations) {
        var patch = SuggestedPatch.read("spec:\n  " + annotations, "app", Set.of("spec.containers[*].resources"));

        assertThat(patch.memory()).isEmpty();
        assertThat(patch.dropped()).isNotEmpty();
    }

    @Test
    void json_that_is_as_deep_is_the_senders_error_too() {
        for (var deep : List.of("[".repeat(DEEP) + "]".repeat(DEEP), "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP))) {
            assertThat(endpoint.answer(Questions.raw("{\"pod\":" + deep + "}")).status())
                    .isEqualTo(400);
            assertThat(endpoint.answer(Questions.of("{\"spec\":" + deep + "}", "", List.of()))
                            .status())
                    .isEqualTo(400);
        }
    }

    /** It is a line like any other, and says what it says. */
    @Test
    void a_line_of_a_log_that_is_deep_json_is_read_as_a_line() {
        var line = "{\"msg\":" + "[".repeat(8000) + "]".repeat(8000) + "}";

        assertThat(endpoint.answer(Questions.of(Questions.KILLED, line, List.of()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void labels_that_are_repeated_as_people_do_are_read() {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("pod", Questions.KILLED.replace("annotations: {}", "labels: &all {app: cart}\n  annotations: *all"));

        assertThat(endpoint.answer(Questions.raw(body.toString())).status()).isEqualTo(200);
    }
}
