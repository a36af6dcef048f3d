package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes on for a day is judged every five minutes, and told when there is something new to tell. */
class ToldAgainTest {

    private static final int SWEEPS_OF_A_DAY = 288;

    @ParameterizedTest(name = "{0}: {1} times")
    @CsvSource({
        // hourly, as a crash loop whose answer stays the same
        "crash-of-a-first-release, 25",
        // it may stand by on purpose
        "never-ready-beside-a-ready-one-stands-by, 1"
    })
    void a_day_of_the_same_answer(String name, int times) {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var told = new AtomicInteger();
        var pipeline = new Pipeline(
                loaded.ports(),
                ScenarioRun.defaultPolicies(),
                _ -> told.incrementAndGet(),
                Work.beforeTheAnswer(),
                clock,
                "test");
        assertThat(ScenarioRun.endpoint(pipeline, clock).answer(loaded.event()).status())
                .isEqualTo(202);
        var sweep = new Sweep(pipeline, loaded.ports(), clock);

        for (int i = 0; i < SWEEPS_OF_A_DAY; i++) {
            clock.forward(Duration.ofMinutes(5));
            sweep.run();
        }

        assertThat(told).hasValue(times);
    }
}
