package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.Kubectl;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people and their pipelines do with incidents, by kubectl and on a real API server. */
@OnTheApiServer
class KubectlApiServerTest {

    /** A scenario has a namespace of its own, and an API server does not give one back at once. */
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final ApiServer server = ApiServer.required();

    @ParameterizedTest(name = "{0} ends as {1}")
    @CsvSource({
        "oom-deployment, Progressing, Healed",
        "oom-suggest-only, Proposed, Healed",
        "crash-of-a-first-release, Stalled, Progressing"
    })
    void a_condition_can_be_waited_for(String name, String is, String isNot) throws Exception {
        try (var run = new Run(name)) {
            assertThat(run.waitFor(is).code()).as(run.waitFor(is).output()).isZero();
            assertThat(run.waitFor(isNot).code()).isNotZero();
            assertThat(run.get("{.status.observedGeneration}")).isEqualTo(run.get("{.metadata.generation}"));
        }
    }

    @Test
    void a_word_that_came_later_was_not_looked_at_yet() throws Exception {
        try (var run = new Run("oom-suggest-only")) {
            assertThat(run.patch("{\"spec\": {\"approved\": true}}").code()).isZero();

            assertThat(run.get("{.status.observedGeneration}")).isEqualTo("1");
            assertThat(run.get("{.metadata.generation}")).isEqualTo("2");
        }
    }

    @Test
    void what_makes_an_incident_this_one_does_not_change() throws Exception {
        try (var run = new Run("oom-suggest-only")) {
            for (var change : new String[] {
                "{\"failure\": \"Pending\"}", "{\"ownerName\": \"x\"}", "{\"container\": null}", "{\"revision\": \"x\"}"
            }) {
                var refused = run.patch("{\"spec\": " + change + "}");
                assertThat(refused.code()).as(change).isNotZero();
                assertThat(refused.output()).contains("only a person's word may change");
            }
        }
    }

    @Test
    void each_field_is_explained() throws Exception {
        var explained = Kubectl.required(server).run("explain", "incident.status", "--recursive=false");

        assertThat(explained.output())
                .contains("How far the work on this incident has come.")
                .contains("Every change that was made");
    }

    /** Not by {@code kubectl get kubesent}, which keeps what it once knew of a server for some seconds. */
    @Test
    void incidents_have_a_category() throws Exception {
        assertThat(Kubectl.required(server)
                        .run("api-resources", "--categories=kubesent")
                        .output())
                .contains("incidents");
    }

    /** A scenario's event has been worked on. */
    private final class Run implements AutoCloseable {

        private final TestCluster.Loaded loaded;
        private final Incident incident;

        Run(String name) {
            var scenario = Scenario.named(name).suffixed("kubectl-" + RUNS.incrementAndGet());
            var clock = new MovingClock(scenario.time());
            loaded = new ApiServerTestCluster().load(scenario, clock);
            var _ = ScenarioRun.endpoint(loaded.ports(), clock, "test").answer(loaded.event());
            incident = loaded.inspector()
                    .list(Incident.class, scenario.namespace())
                    .getFirst();
        }

        Kubectl.Result waitFor(String condition) throws Exception {
            return kubectl("wait", "--for=condition=" + condition, "--timeout=0s");
        }

        Kubectl.Result patch(String merge) throws Exception {
            return kubectl("patch", "--type=merge", "-p", merge);
        }

        String get(String path) throws Exception {
            return kubectl("get", "-o", "jsonpath=" + path).output();
        }

        private Kubectl.Result kubectl(String verb, String... options) throws Exception {
            var meta = incident.getMetadata();
            return Kubectl.required(server)
                    .run(Stream.concat(
                                    Stream.of(verb, "incident", meta.getName(), "-n", meta.getNamespace()),
                                    Stream.of(options))
                            .toArray(String[]::new));
        }

        @Override
        public void close() {
            loaded.stage().leave();
        }
    }
}
