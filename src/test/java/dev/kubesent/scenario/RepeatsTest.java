package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.event.Request;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.Phase;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.Work;
import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten thousand pods of one rollout say the same over and over: a repeat costs next to nothing, whatever is being done about it. */
class RepeatsTest {

    private static final int REPEATS = 1_000;

    /** Two hundred a second; the herd of docs/evidence/herd.md is more than seven times as fast. */
    private static final Duration APART = Duration.ofMillis(5);

    private record Due(Instant at, Runnable what) {}

    private final List<Due> later = new ArrayList<>();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"crash-of-a-first-release, Refused", "oom-suggest-only, Proposed", "oom-deployment, Verifying"})
    void a_thousand_repeats_cost_ten_reads(String name, Phase phase) {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var counting = new CountingReader();
        var endpoint = endpoint(loaded, counting, clock);
        send(endpoint, loaded.event());
        rounds(clock);
        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .singleElement()
                .satisfies(incident -> assertThat(incident.progress().phase()).isEqualTo(phase));
        var before = counting.reads().size();

        for (int i = 0; i < REPEATS; i++) {
            clock.forward(APART);
            send(endpoint, loaded.event());
            rounds(clock);
        }

        assertThat(counting.reads().subList(before, counting.reads().size()))
                .as("reads of %d repeats", REPEATS)
                .hasSizeLessThanOrEqualTo(phase == Phase.Refused ? 0 : REPEATS / 100);
        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .hasSize(1);
    }

    /** As the server does. */
    private static void send(EventEndpoint endpoint, Request event) {
        var reply = endpoint.atTheDoor(event).orElseGet(() -> endpoint.answer(event));
        assertThat(reply.status()).isEqualTo(202);
    }

    private EventEndpoint endpoint(TestCluster.Loaded loaded, CountingReader counting, MovingClock clock) {
        var pipeline = new Pipeline(
                counting.around(loaded.ports()),
                ScenarioRun.defaultPolicies(),
                _ -> {},
                new BehindTheAnswer(),
                clock,
                "test");
        var resumption = new Resumption(
                pipeline,
                clock,
                (delay, what) -> later.add(new Due(clock.instant().plus(delay), what)));
        return new EventEndpoint(pipeline, resumption, 1 << 21, false);
    }

    /** What was to be done by now. */
    private void rounds(MovingClock clock) {
        for (var due : List.copyOf(later)) {
            if (!due.at().isAfter(clock.instant())) {
                later.remove(due);
                due.what().run();
            }
        }
    }

    /** Done at once, for a test; as far as the pipeline knows, the answer is out. */
    private static final class BehindTheAnswer implements Work {
        @Override
        public <T> T run(Supplier<T> healing, T meanwhile) {
            return healing.get();
        }

        @Override
        public boolean isBehindTheAnswer() {
            return true;
        }

        @Override
        public void close() {}
    }
}
