package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.Copies;
import dev.kubesent.testing.CountingClient;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What one more workload costs that crashes for a cause that no remedy mends, and of which no model is asked: a thousand of them are a herd. */
@OnTheApiServer
class CostOfAnIncidentApiServerTest {

    private static final Scenario SCENARIO =
            Scenario.named("crash-of-a-first-release").suffixed("cost");

    private static final int MORE = 20;

    private static final MovingClock CLOCK = new MovingClock(SCENARIO.time());
    private static TestCluster.Loaded loaded;

    @BeforeAll
    static void load() {
        var _ = ApiServer.required();
        loaded = new ApiServerTestCluster().load(SCENARIO, CLOCK);
    }

    @AfterAll
    static void leave() {
        if (loaded != null) { // else there is no API server
            loaded.stage().leave();
        }
    }

    @Test
    void one_more_broken_workload_costs_eight_reads_and_four_writes(TestReporter reporter) {
        try (var counting = new CountingClient(ApiServer.required().kubesent().getConfiguration())) {
            var pipeline = ScenarioRun.telling(ApiServerTestCluster.inProduction(counting.client(), loaded), CLOCK);
            // The round after it is no cost of a failure: a few reads a minute.
            var endpoint = new EventEndpoint(
                    pipeline,
                    new Resumption(pipeline, MovingClock.ticks(CLOCK), (_, _) -> {}),
                    1 << 21,
                    new TellBack.Nothing());

            assertThat(endpoint.answer(loaded.event()).status()).isEqualTo(202);
            assertThat(counting.reads(""))
                    .as("the first of a namespace, which is read for all of them")
                    .hasSizeLessThanOrEqualTo(10);

            for (int i = 1; i <= MORE; i++) {
                var event = Copies.add(SCENARIO, SCENARIO.namespace(), loaded, i);
                counting.reset();

                assertThat(endpoint.answer(event).status()).isEqualTo(202);

                assertThat(counting.reads("")).as("reads of number %d", i).hasSizeBetween(5, 8);
                assertThat(counting.writes()).as("writes of number %d", i).hasSizeBetween(3, 4);
                if (i == 1) {
                    reporter.publishEntry("reads", String.join("\n", counting.reads("")));
                    reporter.publishEntry("writes", String.join("\n", counting.writes()));
                }
            }
            assertThat(refused()).isEqualTo(MORE + 1);
        }
    }

    private static int refused() {
        return loaded.inspector()
                .first(
                        Incident.class,
                        SCENARIO.namespace(),
                        FieldSelector.where("status.phase", Phase.NoAutomaticFix.name()),
                        100)
                .size();
    }
}
