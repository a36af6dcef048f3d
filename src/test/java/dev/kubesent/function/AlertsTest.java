package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** knative/observability/alerts.yaml, asked of a real promtool. */
class AlertsTest {

    private static final Path TESTS = Path.of("src/test/resources/alerts/tests.yaml");

    /** Annotations are text for people, and are left out: promtool would compare them. */
    @Test
    void each_alert_fires_when_it_should_and_not_before(@TempDir Path folder) throws Exception {
        var file = Alerts.file().deepCopy();
        for (var group : file.path("groups")) {
            group.path("rules").forEach(rule -> ((ObjectNode) rule).remove("annotations"));
        }
        Files.writeString(folder.resolve("alerts.yaml"), KubernetesJson.json(file));
        Files.copy(TESTS, folder.resolve("tests.yaml"));

        assertThat(promtool(folder, "test", "rules", "tests.yaml")).contains("SUCCESS");
    }

    /** With the annotations, whose templates it reads as well. */
    @Test
    void the_rules_are_such_as_prometheus_takes(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("alerts.yaml"), KubernetesJson.json(Alerts.file()));

        assertThat(promtool(folder, "check", "rules", "alerts.yaml"))
                .contains("SUCCESS: " + Alerts.rules().size() + " rules found");
    }

    @Test
    void each_alert_is_tested_silent_and_firing_and_says_what_to_do() throws IOException {
        var firing = new HashSet<String>();
        var silent = new HashSet<String>();
        for (var test :
                KubernetesJson.parse(Files.readString(TESTS), JsonNode.class).path("tests")) {
            for (var asked : test.path("alert_rule_test")) {
                (asked.path("exp_alerts").isEmpty() ? silent : firing)
                        .add(asked.path("alertname").asText());
            }
        }
        var rules = Alerts.rules();
        var names = rules.stream().map(rule -> rule.path("alert").asText()).toList();

        assertThat(names).hasSizeGreaterThanOrEqualTo(10).doesNotHaveDuplicates();
        assertThat(firing).containsExactlyInAnyOrderElementsOf(names);
        assertThat(silent).containsExactlyInAnyOrderElementsOf(names);
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "info");
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(rule.at("/annotations/description").asText()).isNotEmpty();
        });
    }

    /** What kube-state-metrics is to look at, it has the right to see; and it finds kinds by their CRDs. */
    @Test
    void kube_state_metrics_has_the_rights_for_its_file() throws IOException {
        var config = KubernetesJson.parse(
                Files.readString(Path.of("knative/observability/kube-state-metrics.yaml")), JsonNode.class);
        var rights = Files.readString(Path.of("knative/observability/kube-state-metrics-rights.yaml"));
        var groups = StreamSupport.stream(config.at("/spec/resources").spliterator(), false)
                .map(resource -> resource.at("/groupVersionKind/group").asText() + "/"
                        + resource.at("/groupVersionKind/kind").asText())
                .toList();

        assertThat(groups)
                .containsExactly(
                        "kubesent.dev/Incident",
                        "sources.knative.dev/ApiServerSource",
                        "sources.knative.dev/PingSource");
        assertThat(rights)
                .contains("apiGroups: [kubesent.dev]\n    resources: [incidents]")
                .contains("apiGroups: [sources.knative.dev]\n    resources: [apiserversources, pingsources]")
                .contains("apiGroups: [apiextensions.k8s.io]\n    resources: [customresourcedefinitions]");
    }

    private static String promtool(Path folder, String... arguments) throws IOException, InterruptedException {
        var promtool = Alerts.promtool();
        Assumptions.assumeTrue(promtool.isPresent(), Alerts.HOW_TO_GET_PROMTOOL);
        var command = new ArrayList<>(List.of(promtool.get().toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
