package dev.kubesent.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Issue 24: a look that is due asks the cluster once, whatever comes of it. */
class LookOnceTest {

    private final MovingClock clock;
    private final TestCluster.Loaded loaded;
    private final CountingReader counting = new CountingReader();
    private final Pipeline pipeline;

    LookOnceTest() {
        var scenario = Scenario.named("oom-deployment");
        clock = new MovingClock(scenario.time());
        loaded = new InMemoryTestCluster().load(scenario, clock);
        pipeline = ScenarioRun.pipeline(counting.around(loaded.ports()), clock, "test");
        assertThat(ScenarioRun.endpoint(pipeline, clock).answer(loaded.event()).status())
                .isEqualTo(202);
        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    /** The new pods never come: no controller makes them here. */
    @Test
    void what_did_not_come_up_is_looked_at_once_and_taken_back() {
        assertThat(looksOfARoundAfter(Duration.ofHours(2))).isEqualTo(1);
        assertThat(phase()).isEqualTo(Phase.Undoing);
    }

    @Test
    void what_was_taken_back_is_looked_at_once_and_ended() {
        looksOfARoundAfter(Duration.ofHours(2));

        assertThat(looksOfARoundAfter(Duration.ofHours(2))).isEqualTo(1);
        assertThat(phase()).isEqualTo(Phase.Failed);
    }

    /** Of the workload's pods. */
    private long looksOfARoundAfter(Duration time) {
        clock.forward(time);
        var before = counting.reads().size();
        pipeline.resume("");
        var reads = counting.reads();
        return reads.subList(before, reads.size()).stream()
                .filter(read -> read.type().equals("Pod"))
                .count();
    }

    private Phase phase() {
        return loaded.inspector().list(Incident.class, "").getFirst().progress().phase();
    }
}
