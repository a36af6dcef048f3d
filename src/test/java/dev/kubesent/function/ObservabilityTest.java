package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.model.ModelCalls;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Counters;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The board shows what there is. */
class ObservabilityTest {

    private static final Pattern METRIC = Pattern.compile("kubesent_[a-z_]+(?![a-z_\"-])");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void every_metric_of_the_board_is_one_that_is_counted_or_told_by_kube_state_metrics() throws Exception {
        run("verify-a-deployment-survives");
        run("crash-with-a-telling-line");
        Core.calls(registry).called("m1", ModelCalls.Result.ANSWERED, 812);
        var there = told();
        METRIC.matcher(registry.scrape()).results().forEach(found -> there.add(found.group()));
        var board = new ObjectMapper()
                .readTree(Path.of("knative/observability/grafana-board.json").toFile());

        var shown = new TreeSet<String>();
        for (var panel : board.path("panels")) {
            panel.path("targets").forEach(target -> shown.addAll(metrics(target)));
        }

        assertThat(shown).hasSizeGreaterThan(12);
        assertThat(there).containsAll(shown);
        assertThat(registry.scrape())
                .contains("kubesent_events_total{outcome=\"OPENED\"} 2.0")
                .contains("kubesent_refusals_total{reason=\"NOTHING_TO_DO\"} 1.0")
                .contains("kubesent_phases_total{phase=\"Healed\"} 1.0")
                .contains("kubesent_healed_seconds_count 1")
                .contains("kubesent_model_tokens_total{model=\"m1\"} 812.0");
    }

    @Test
    void every_metric_of_the_alerts_is_one_that_is_counted_or_told_by_kube_state_metrics() throws Exception {
        run("verify-a-deployment-survives");
        var there = told();
        METRIC.matcher(registry.scrape()).results().forEach(found -> there.add(found.group()));

        var asked = new TreeSet<String>();
        Alerts.rules().forEach(rule -> asked.addAll(metrics(rule)));

        assertThat(asked).hasSizeGreaterThan(6);
        assertThat(there).containsAll(asked);
    }

    @Test
    void what_counts_begins_at_zero() {
        var _ = new Counters(registry, new MovingClock(Instant.EPOCH));

        assertThat(registry.scrape())
                .contains("kubesent_events_total{outcome=\"TRY_AGAIN\"} 0.0")
                .contains("kubesent_phases_total{phase=\"Failed\"} 0.0")
                .contains("kubesent_sweeps_total 0.0");
    }

    @Test
    void each_path_that_kube_state_metrics_is_told_is_a_field_of_the_incident() throws Exception {
        var schema = KubernetesJson.parse(
                        Files.readString(Path.of("knative/base/100-incident-crd.yaml")), JsonNode.class)
                .at("/spec/versions/0/schema/openAPIV3Schema");
        var metrics = stateMetrics().at("/spec/resources/0/metrics");

        assertThat(metrics).hasSizeGreaterThan(6);
        for (var metric : metrics) {
            var each = metric.path("each").path(lower(metric.at("/each/type").asText()));
            var at = field(schema, each.path("path"));
            each.path("labelsFromPath").forEach(path -> field(at, path));
            field(at, each.path("valueFrom"));
        }
    }

    private static String lower(String type) {
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    private static JsonNode field(JsonNode from, JsonNode path) {
        var at = from.has("items") ? from.path("items") : from;
        for (var part : path) {
            at = at.path("properties").path(part.asText());
            assertThat(at.isMissingNode()).as("%s of %s", part, path).isFalse();
        }
        return at;
    }

    @Test
    void kube_state_metrics_is_told_of_every_phase() throws Exception {
        var list = stateMetrics().at("/spec/resources/0/metrics/0/each/stateSet/list");

        assertThat(list.valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(
                        Arrays.stream(Phase.values()).map(Phase::name).toList());
    }

    private static Set<String> metrics(JsonNode queried) {
        return METRIC.matcher(queried.path("expr").asText())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Set<String> told() throws IOException {
        var there = new TreeSet<String>();
        for (var resource : stateMetrics().at("/spec/resources")) {
            resource.path("metrics")
                    .forEach(metric -> there.add(resource.path("metricNamePrefix")
                                    .asText() + "_" + metric.path("name").asText()));
        }
        return there;
    }

    private static JsonNode stateMetrics() throws IOException {
        return KubernetesJson.parse(
                Files.readString(Path.of("knative/observability/kube-state-metrics.yaml")), JsonNode.class);
    }

    private void run(String name) {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var pipeline = new Pipeline(
                loaded.ports(),
                ScenarioRun.defaultPolicies(),
                new Counters(registry, clock),
                Work.beforeTheAnswer(),
                clock,
                "test");
        var _ = ScenarioRun.endpoint(pipeline, clock).answer(loaded.event());
        for (var step : scenario.steps()) {
            ScenarioRun.setTheStage(step, loaded, clock);
            var _ = new Sweep(pipeline, loaded.ports(), clock).run();
        }
    }
}
