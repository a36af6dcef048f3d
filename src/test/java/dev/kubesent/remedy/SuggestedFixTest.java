package dev.kubesent.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.action.Action;
import dev.kubesent.action.AllowStart;
import dev.kubesent.action.AskThePort;
import dev.kubesent.action.CorrectImage;
import dev.kubesent.action.RaiseMemory;
import dev.kubesent.action.Restart;
import dev.kubesent.action.RollBack;
import dev.kubesent.action.SetField;
import dev.kubesent.action.Suggestion;
import dev.kubesent.action.TemplateField;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.testing.Questions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shown to a person as a patch: a strategic merge of the failing container, which names nothing but the change. */
class SuggestedFixTest {

    private static final String PROBE = "livenessProbe: {httpGet: {path: /health, port: 8080}, periodSeconds: 5}";

    static Stream<Arguments> actions() {
        return Stream.of(
                Arguments.of(new RaiseMemory(), "resources: {limits: {memory: 64Mi}}", """
                    {"resources":{"limits":{"memory":"164Mi"}}}\
                    """),
                Arguments.of(new CorrectImage("registry.example.com/shop/cart:1.4.1"), "", """
                    {"image":"registry.example.com/shop/cart:1.4.1"}\
                    """),
                Arguments.of(new AllowStart(Duration.ofMinutes(5)), PROBE, """
                    {"startupProbe":{"httpGet":{"path":"/health","port":8080},"periodSeconds":10,"failureThreshold":30,"successThreshold":1}}\
                    """),
                Arguments.of(new AskThePort(), PROBE, """
                    {"livenessProbe":{"httpGet":null,"tcpSocket":{"port":8080}}}\
                    """),
                Arguments.of(field(TemplateField.ENV, """
                    {"name":"DB_HOST","value":"db"}\
                    """), "env: [{name: OTHER, value: secret}]", """
                    {"env":[{"name":"DB_HOST","value":"db"}]}\
                    """),
                Arguments.of(field(TemplateField.LIVENESS_PROBE, """
                    {"tcpSocket":{"port":9090}}\
                    """), PROBE, """
                    {"livenessProbe":{"tcpSocket":{"port":9090},"httpGet":null,"periodSeconds":null}}\
                    """),
                Arguments.of(field(TemplateField.ARGS, """
                    ["serve"]\
                    """), "args: [server]", """
                    {"args":["serve"]}\
                    """));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void it_names_the_container_and_the_change_and_nothing_else(Action action, String has, String change) {
        var patch = KubernetesJson.parse(fix(action, has), JsonNode.class);

        var container = patch.at("/spec/containers/0");
        assertThat(patch.size() + patch.path("spec").size()).isEqualTo(2);
        assertThat(container.path("name").asText()).isEqualTo("app");
        assertThat(container.toString()).isEqualTo("{\"name\":\"app\"," + change.substring(1));
    }

    static Stream<Arguments> nothing() {
        return Stream.of(
                Arguments.of(new Action.None("Look."), PROBE),
                Arguments.of(new RollBack(), PROBE),
                Arguments.of(new Restart(95), PROBE),
                Arguments.of(new RaiseMemory(), ""),
                Arguments.of(new AllowStart(Duration.ofMinutes(5)), ""),
                Arguments.of(new AskThePort(), "livenessProbe: {tcpSocket: {port: 8080}}"),
                Arguments.of(
                        field(TemplateField.ENV, """
                            {"name":"DB_PASSWORD","value":"plain"}\
                            """),
                        "env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}]"),
                // Beside the probe's header there would stand a credential in whatever this answer is written into.
                Arguments.of(
                        new AllowStart(Duration.ofMinutes(5)),
                        "livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: Authorization, value: Bearer"
                                + " abcdef0123456789abcdef}]}}"));
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void nothing_is_suggested_where_no_patch_of_the_template_would_be_right(Action action, String has) {
        assertThat(fix(action, has)).isEmpty();
    }

    @Test
    void an_init_container_is_among_the_init_containers() {
        var pod = Questions.KILLED
                .replace("  containers:", "  containers: [{name: other, image: y}]\n  initContainers:")
                .replace("containerStatuses:", "initContainerStatuses:");

        var fix = SuggestedFix.of(diagnosis(new RaiseMemory()), Questions.ofPod(pod));

        assertThat(KubernetesJson.parse(fix, JsonNode.class)
                        .at("/spec/initContainers/0/resources/limits/memory")
                        .asText())
                .isEqualTo("164Mi");
    }

    private static String fix(Action action, String has) {
        return SuggestedFix.of(diagnosis(action), evidence(has));
    }

    private static Evidence evidence(String has) {
        return Questions.ofPod(Questions.KILLED.replace("resources: {limits: {memory: 64Mi}}", has));
    }

    private static Diagnosis diagnosis(Action action) {
        return new Diagnosis(Cause.UNKNOWN, 0, "", List.of(), action, "test");
    }

    private static Action field(TemplateField field, String value) {
        return new SetField(new Suggestion(field, KubernetesJson.parse(value, JsonNode.class)));
    }
}
