package dev.kubesent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ResumptionTest {

    /** Of several that watch, one works; what it leaves is its successor's. */
    @Test
    void a_process_that_does_not_lead_makes_no_rounds_until_it_does() {
        var scenario = Scenario.named("oom-deployment");
        var clock = new MovingClock(scenario.time());
        var counting = new CountingReader();
        var ports =
                counting.around(new InMemoryTestCluster().load(scenario, clock).ports());
        var leads = new AtomicBoolean();
        var resumption = new Resumption(
                ScenarioRun.pipeline(ports, clock, "test"), clock, ScenarioRun::atOnceOrNever, leads::get);

        resumption.resume();
        assertThat(counting.reads()).isEmpty();

        leads.set(true);
        clock.forward(Duration.ofMinutes(1));
        resumption.resume();
        assertThat(counting.reads()).isNotEmpty();
    }
}
