package dev.kubesent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A rollout is given two minutes. When they are over, it is judged at once, and not whenever a round comes by. */
class TimeIsOverTest {

    private static final Scenario GIVEN_TIME = Scenario.named("rollback-is-given-two-minutes");
    private static final Instant OVER = Instant.parse("2026-11-23T02:58:00Z");
    private static final Duration MOMENT = Duration.ofMillis(100);

    private record Due(Instant at, Runnable what) {}

    private final MovingClock clock = new MovingClock(GIVEN_TIME.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(GIVEN_TIME, clock);
    private final CountingReader counting = new CountingReader();
    private final List<Due> later = new ArrayList<>();

    @Test
    void without_another_event_it_is_healed_in_the_second_that_its_time_is_over() {
        assertThat(endpoint().answer(loaded.event()).status()).isEqualTo(202);
        assertThat(phase()).isEqualTo(Phase.Waiting);

        pass(OVER.minus(MOMENT));
        assertThat(phase()).isEqualTo(Phase.Waiting);

        pass(OVER.plus(MOMENT));
        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void by_a_process_that_began_afterwards_as_well() {
        assertThat(endpoint().answer(loaded.event()).status()).isEqualTo(202);
        later.clear();

        resumption(pipeline()).resume();
        pass(OVER.plus(MOMENT));

        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    /** As it is on a node: the time of day is corrected while the timer runs. */
    @Test
    void a_timer_that_is_a_millisecond_early_by_the_clock_costs_nothing() {
        assertThat(endpoint().answer(loaded.event()).status()).isEqualTo(202);
        later.clear();
        resumption(pipeline()).resume();
        later.removeFirst().what().run(); // the round at the start, which sets the timer
        var timer = later.stream().min(Comparator.comparing(Due::at)).orElseThrow();

        clock.forward(Duration.between(clock.instant(), timer.at()).minusMillis(1));
        timer.what().run();

        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    /** Its turn may not come for a while. */
    @Test
    void what_is_overdue_is_looked_after_every_two_seconds_for_a_minute_and_then_with_the_rounds() {
        assertThat(endpoint().answer(loaded.event()).status()).isEqualTo(202);
        later.clear();
        var busy = new Pipeline(
                counting.around(loaded.ports()),
                ScenarioRun.defaultPolicies(),
                _ -> {},
                new NeverItsTurn(),
                clock,
                "busy");
        resumption(busy).resume();
        pass(OVER);
        var before = rounds();

        pass(OVER.plus(Duration.ofMinutes(1)));
        assertThat(rounds() - before).isBetween(20L, 32L);

        before = rounds();
        pass(OVER.plus(Duration.ofMinutes(5)));
        assertThat(rounds() - before).isBetween(3L, 6L);
    }

    private static final class NeverItsTurn implements Work {
        @Override
        public <T> T run(Supplier<T> healing, T meanwhile) {
            return meanwhile;
        }

        @Override
        public void close() {}
    }

    private Pipeline pipeline() {
        return new Pipeline(
                loaded.ports(), ScenarioRun.defaultPolicies(), _ -> {}, Work.beforeTheAnswer(), clock, "test");
    }

    private EventEndpoint endpoint() {
        var pipeline = pipeline();
        return new EventEndpoint(pipeline, resumption(pipeline), 1 << 21, new TellBack.Nothing());
    }

    private Resumption resumption(Pipeline pipeline) {
        return new Resumption(
                pipeline,
                clock,
                (delay, what) -> later.add(new Due(clock.instant().plus(delay), what)));
    }

    /** With what was to be done by then. */
    private void pass(Instant until) {
        while (clock.instant().isBefore(until)) {
            clock.forward(MOMENT);
            for (var due : List.copyOf(later)) {
                if (!due.at().isAfter(clock.instant())) {
                    later.remove(due);
                    due.what().run();
                }
            }
        }
    }

    private Phase phase() {
        return loaded.inspector()
                .list(Incident.class, GIVEN_TIME.namespace())
                .getFirst()
                .progress()
                .phase();
    }

    /** Each asks once for what waits for its time. */
    private long rounds() {
        return counting.reads().stream()
                .filter(read -> read.method().equals("first"))
                .count();
    }
}
