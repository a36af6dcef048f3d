package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.model.ModelCalls;
import dev.kubesent.incident.Phase;
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
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The board shows what there is. */
class ObservabilityTest {

    private static final Pattern METRIC = Pattern.compile("kubesent_[a-z_]+");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void every_metric_of_the_board_is_one_that_is_counted_or_told_by_kube_state_metrics() throws Exception {
        run("verify-a-deployment-survives");
        run("crash-with-a-telling-line");
        KubeSentApplication.calls(registry).called("m1", ModelCalls.Result.ANSWERED, 812);
        var there = new TreeSet<String>();
        METRIC.matcher(registry.scrape()).results().forEach(found -> there.add(found.group()));
        var told = stateMetrics().at("/spec/resources/0");
        told.path("metrics")
                .forEach(metric -> there.add(told.path("metricNamePrefix").asText() + "_"
                        + metric.path("name").asText()));
        var board = new ObjectMapper()
                .readTree(Path.of("knative/observability/grafana-board.json").toFile());

        var shown = new TreeSet<String>();
        for (var panel : board.path("panels")) {
            panel.path("targets")
                    .forEach(target -> METRIC.matcher(target.path("expr").asText())
                            .results()
                            .forEach(found -> shown.add(found.group())));
        }

        assertThat(shown).hasSizeGreaterThan(8);
        assertThat(there).containsAll(shown);
        assertThat(registry.scrape())
                .contains("kubesent_events_total{outcome=\"OPENED\"} 2.0")
                .contains("kubesent_refusals_total{reason=\"NOTHING_TO_DO\"} 1.0")
                .contains("kubesent_phases_total{phase=\"Healed\"} 1.0")
                .contains("kubesent_healed_seconds_count 1")
                .contains("kubesent_model_tokens_total{model=\"m1\"} 812.0");
    }

    @Test
    void kube_state_metrics_is_told_of_every_phase() throws Exception {
        var list = stateMetrics().at("/spec/resources/0/metrics/0/each/stateSet/list");

        assertThat(list.valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(
                        Arrays.stream(Phase.values()).map(Phase::name).toList());
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
