package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.reads.AtReads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten thousand pods of one rollout say the same over and over: a repeat costs next to nothing, whatever is being done about it. */
class RepeatsTest {

    private static final int REPEATS = 1_000;

    private record Due(Instant at, Runnable what) {}

    private final List<Due> later = new ArrayList<>();

    /** While a change is watched for five seconds, two hundred a second: a herd is more than seven times as fast. What is decided, for fifty. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "crash-of-a-first-release, NoAutomaticFix, 50",
        "oom-suggest-only, Proposed, 50",
        "oom-deployment, Verifying, 5"
    })
    void a_thousand_repeats_cost_ten_reads(String name, Phase phase, int millisApart) {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var counting = new CountingReader();
        var endpoint = endpoint(counting.around(loaded.ports()), clock);
        send(endpoint, loaded.event());
        rounds(clock);
        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .singleElement()
                .satisfies(incident -> assertThat(incident.progress().phase()).isEqualTo(phase));
        var before = counting.reads().size();

        for (int i = 0; i < REPEATS; i++) {
            clock.forward(Duration.ofMillis(millisApart));
            send(endpoint, loaded.event());
            rounds(clock);
        }

        assertThat(counting.reads().subList(before, counting.reads().size()))
                .as("reads of %d repeats", REPEATS)
                .hasSizeLessThanOrEqualTo(phase == Phase.Verifying ? REPEATS / 100 : 0);
        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .hasSize(1);
    }

    /** Else it would be known as being worked on, and nobody is at it. */
    @Test
    void what_was_let_go_of_undone_is_looked_at_with_the_next_event() {
        var scenario = Scenario.named("crash-of-a-first-release");
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var busy = new AtomicBoolean(true);
        var endpoint = endpoint(busyLogs(loaded.ports(), busy), clock);
        send(endpoint, loaded.event());
        busy.set(false);
        clock.forward(Duration.ofSeconds(1));

        send(endpoint, loaded.event());

        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .singleElement()
                .satisfies(incident -> assertThat(incident.progress().phase()).isEqualTo(Phase.NoAutomaticFix));
    }

    private static Ports busyLogs(Ports ports, AtomicBoolean busy) {
        return AtReads.before(ports, read -> {
            if (read.is("log") && busy.get()) {
                throw new ClusterException(ClusterException.Kind.BUSY, "four logs are read already");
            }
        });
    }

    /** As the server does. */
    private static void send(EventEndpoint endpoint, Request event) {
        var reply = endpoint.atTheDoor(event).orElseGet(() -> endpoint.answer(event));
        assertThat(reply.status()).isEqualTo(202);
    }

    private EventEndpoint endpoint(Ports ports, MovingClock clock) {
        var pipeline =
                new Pipeline(ports, ScenarioRun.defaultPolicies(), _ -> {}, new BehindTheAnswer(), clock, "test");
        var resumption = new Resumption(
                pipeline,
                clock,
                (delay, what) -> later.add(new Due(clock.instant().plus(delay), what)));
        return new EventEndpoint(pipeline, resumption, 1 << 21, new TellBack.Nothing());
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
            try {
                return healing.get();
            } catch (ClusterException e) {
                return meanwhile; // nobody waits for it any more
            }
        }

        @Override
        public boolean isBehindTheAnswer() {
            return true;
        }

        @Override
        public void close() {}
    }
}
