package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.Copies;
import dev.kubesent.testing.CountingClient;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What a sweep costs that finds fifty broken workloads in a namespace, and what the next one costs that finds nothing new. */
@OnTheApiServer
class SweepCostApiServerTest {

    private static final Scenario SCENARIO =
            Scenario.named("crash-of-a-first-release").suffixed("sweepcost");

    private static final int BROKEN = 50;

    /** The API server says when the pods were created; those of a sweep are older than a minute. */
    private static final MovingClock CLOCK = new MovingClock(Instant.now().plus(Duration.ofMinutes(2)));

    private static TestCluster.Loaded loaded;

    @BeforeAll
    static void load() {
        var _ = ApiServer.required();
        loaded = new ApiServerTestCluster().load(SCENARIO, CLOCK);
        for (int i = 1; i < BROKEN; i++) {
            var _ = Copies.add(SCENARIO, SCENARIO.namespace(), loaded, i);
        }
    }

    @AfterAll
    static void leave() {
        if (loaded != null) { // else there is no API server
            loaded.stage().leave();
        }
    }

    @Test
    void six_reads_and_four_writes_for_each_broken_workload_and_thirty_reads_where_nothing_is_new(
            TestReporter reporter) {
        try (var counting = new CountingClient(ApiServer.required().kubesent().getConfiguration())) {
            // The log is not asked for through it: that is one read more for each.
            var ports = ApiServerTestCluster.through(counting.client(), SCENARIO, loaded);
            var sweep = new Sweep(ScenarioRun.telling(ports, CLOCK), ports, CLOCK);

            var first = sweep.run();

            publish(reporter, "first", counting);
            assertThat(first.failing()).isEqualTo(BROKEN);
            assertThat(settled()).isEqualTo(BROKEN);
            assertThat(counting.reads("")).hasSizeBetween(BROKEN, (6 - 1) * BROKEN);
            assertThat(counting.writes()).hasSizeBetween(3 * BROKEN, 4 * BROKEN);

            CLOCK.forward(Duration.ofSeconds(90)); // nothing is remembered for so long, and nothing is judged again yet
            counting.reset();
            var second = sweep.run();

            publish(reporter, "second", counting);
            assertThat(second.failing()).isEqualTo(BROKEN);
            assertThat(second.closed()).isZero();
            assertThat(counting.reads("")).hasSizeBetween(5, 30);
            assertThat(settled()).isEqualTo(BROKEN);
        }
    }

    private static void publish(TestReporter reporter, String which, CountingClient counting) {
        reporter.publishEntry(which + ": reads", String.join("\n", counting.reads("")));
        reporter.publishEntry(which + ": writes", String.join("\n", counting.writes()));
    }

    private static int settled() {
        return loaded.inspector()
                .first(
                        Incident.class,
                        SCENARIO.namespace(),
                        FieldSelector.where("status.phase", Phase.NoAutomaticFix.name()),
                        100)
                .size();
    }
}
