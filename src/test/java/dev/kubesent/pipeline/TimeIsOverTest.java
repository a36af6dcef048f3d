package dev.kubesent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Page;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rollout is given two minutes. When they are over, it is judged at once, and not whenever a round comes by. */
class TimeIsOverTest {

    private static final Scenario GIVEN_TIME = Scenario.named("rollback-is-given-two-minutes");
    private static final Instant OVER = Instant.parse("2026-11-23T02:58:00Z");
    private static final String ELSEWHERE = "elsewhere";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(100);

    private record Due(Instant at, Runnable what) {}

    private final MovingClock clock = new MovingClock(GIVEN_TIME.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(GIVEN_TIME, clock);
    private final List<Due> later = new ArrayList<>();
    private final List<Instant> rounds = new ArrayList<>();

    @Test
    void without_another_event_it_is_healed_in_the_second_that_its_time_is_over() {
        assertThat(endpoint().answer(loaded.event()).status()).isEqualTo(202);
        assertThat(phase()).isEqualTo(Phase.Waiting);

        pass(OVER.minus(SECOND));
        assertThat(phase()).isEqualTo(Phase.Waiting);

        pass(OVER.plus(MOMENT));
        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void by_a_process_that_began_afterwards_as_well() {
        judgedByAProcessThatEnded();

        resumption(pipeline()).resume();
        pass(OVER.plus(MOMENT));

        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    /** Its turn may not come for a while. */
    @Test
    void what_is_overdue_is_looked_after_every_two_seconds_for_a_minute_and_then_with_the_rounds() {
        judgedByAProcessThatEnded();
        resumption(pipeline(loaded.ports(), new Stuck(_ -> true))).resume();
        pass(OVER.plus(MOMENT));
        rounds.clear();

        pass(OVER.plus(Duration.ofMinutes(1)));
        assertThat(rounds).hasSizeBetween(20, 32);

        rounds.clear();
        pass(OVER.plus(Duration.ofMinutes(5)));
        assertThat(rounds).hasSizeBetween(3, 6);
    }

    /** As it is shipped: the answer goes out first, and the verdict is written when no round looks any more. */
    @ParameterizedTest
    @ValueSource(ints = {5, 30, 59, 90, 119})
    void behind_the_answer_its_healing_begins_in_that_second_as_well(int secondsBefore) {
        pass(OVER.minusSeconds(secondsBefore));
        var endpoint = endpoint(pipeline(loaded.ports(), new Behind()));
        assertThat(endpoint.answer(loaded.event()).status()).isEqualTo(202);

        pass(OVER.plus(Behind.TAKES).minus(SECOND));
        assertThat(phase()).isEqualTo(Phase.Waiting);

        pass(OVER.plus(Behind.TAKES).plus(MOMENT));
        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void a_time_that_is_farther_does_not_keep_a_nearer_one_from_its_round() {
        judgedByAProcessThatEnded();
        pass(OVER.minusSeconds(35));
        given("farther", OVER.plusSeconds(20));
        loaded.ports().records().delete(incident());
        var endpoint = endpoint(pipeline(loaded.ports(), new Behind()));

        assertThat(endpoint.answer(loaded.event()).status()).isEqualTo(202);
        pass(OVER.plus(Behind.TAKES).plus(MOMENT));

        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void one_that_has_been_overdue_for_hours_does_not_keep_the_others_from_their_rounds() {
        judgedByAProcessThatEnded();
        given("stuck", OVER.minus(Duration.ofHours(3)));

        resumption(pipeline(loaded.ports(), new Stuck(ELSEWHERE::equals))).resume();
        pass(OVER.plus(MOMENT));

        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    /** A newer version of KubeSent wrote it. */
    @Test
    void one_that_cannot_be_read_does_not_keep_the_others_from_their_rounds() {
        judgedByAProcessThatEnded();

        resumption(pipeline(oneOfThemUnreadable(), Work.beforeTheAnswer())).resume();
        pass(OVER.plus(MOMENT));

        assertThat(phase()).isEqualTo(Phase.Verifying);
    }

    /** A round lists incidents three times, and more where there are many. */
    @Test
    void where_many_times_end_each_in_a_second_of_its_own_their_rounds_are_two_seconds_apart() {
        judgedByAProcessThatEnded();
        for (int second = 1; second <= 40; second++) {
            given("given-" + second, OVER.plusSeconds(second));
        }
        resumption(pipeline()).resume();
        pass(OVER.minus(SECOND));
        rounds.clear();

        pass(OVER.plusSeconds(41));

        assertThat(rounds).hasSizeBetween(15, 23);
        var closer = IntStream.range(1, rounds.size())
                .filter(i -> rounds.get(i - 1).plus(SECOND).plus(SECOND).isAfter(rounds.get(i)))
                .count();
        assertThat(closer).as("beside the one of each minute").isLessThanOrEqualTo(2);
        assertThat(loaded.inspector().list(Incident.class, ELSEWHERE))
                .extracting(one -> one.progress().phase())
                .hasSize(40)
                .doesNotContain(Phase.Waiting);
    }

    /** A timer counts whole milliseconds, and on a node the time of day is corrected while it runs. */
    @Test
    void its_round_is_not_a_moment_too_early() {
        clock.forward(Duration.ofNanos(300_400));
        assertThat(endpoint().answer(loaded.event()).status()).isEqualTo(202);
        pass(OVER.minusSeconds(30));

        assertThat(later)
                .extracting(Due::at)
                .anySatisfy(at -> assertThat(at).isBetween(OVER.plusMillis(10), OVER.plus(MOMENT)));
        assertThat(later)
                .extracting(Due::at)
                .noneSatisfy(at -> assertThat(at).isBetween(OVER.minusMillis(10), OVER.plusMillis(9)));
    }

    /** The answer goes out, and the work takes a while. */
    private final class Behind implements Work {
        private static final Duration TAKES = Duration.ofSeconds(3);

        @Override
        public <T> T run(Supplier<T> healing, T meanwhile) {
            later.add(new Due(clock.instant().plus(TAKES), () -> {
                var _ = healing.get();
            }));
            return meanwhile;
        }

        @Override
        public boolean isBehindTheAnswer() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Of some namespaces nothing gets its turn. */
    private record Stuck(Predicate<String> namespaces) implements Work {
        @Override
        public <T> T run(Load load, Supplier<T> healing, T meanwhile, Runnable notBegun) {
            return namespaces.test(load.namespace()) ? meanwhile : healing.get();
        }

        @Override
        public <T> T run(Supplier<T> healing, T meanwhile) {
            throw new UnsupportedOperationException("it is of no namespace");
        }

        @Override
        public void close() {}
    }

    private void judgedByAProcessThatEnded() {
        assertThat(endpoint().answer(loaded.event()).status()).isEqualTo(202);
        later.clear();
    }

    private Pipeline pipeline() {
        return pipeline(loaded.ports(), Work.beforeTheAnswer());
    }

    private Pipeline pipeline(Ports ports, Work work) {
        return new Pipeline(ports, ScenarioRun.defaultPolicies(), _ -> {}, work, clock, "test");
    }

    private EventEndpoint endpoint() {
        return endpoint(pipeline());
    }

    private EventEndpoint endpoint(Pipeline pipeline) {
        return new EventEndpoint(pipeline, resumption(pipeline), 1 << 21, new TellBack.Nothing());
    }

    /** Each round asks first whether it is this process that works. */
    private Resumption resumption(Pipeline pipeline) {
        return new Resumption(pipeline, clock, this::later, () -> rounds.add(clock.instant()));
    }

    private void later(Duration delay, Runnable what) {
        later.add(new Due(clock.instant().plus(Duration.ofMillis(delay.toMillis())), what));
    }

    /** One more that waits for its time, in a namespace of its own; its pod is gone. */
    private void given(String name, Instant again) {
        var status = incident().progress();
        var verdict = Objects.requireNonNull(status.verdict());
        var one = new Incident();
        one.setMetadata(
                new ObjectMetaBuilder().withNamespace(ELSEWHERE).withName(name).build());
        one.setSpec(incident().getSpec());
        var created = loaded.ports().records().create(one);
        var _ = loaded.ports()
                .records()
                .replaceStatus(created.with(status.waiting(new VerdictRecord(
                        verdict.decision(),
                        verdict.reasons(),
                        verdict.change(),
                        verdict.patch(),
                        verdict.fingerprint(),
                        verdict.at(),
                        verdict.since(),
                        again))));
    }

    /** Of each page that a round reads. */
    private Ports oneOfThemUnreadable() {
        var ports = loaded.ports();
        var reader = (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    var found = method.invoke(ports.reader(), arguments);
                    return found instanceof Page<?> page && arguments[0] == Incident.class && arguments[1].equals("")
                            ? new Page<>(page.items(), page.next(), page.unpicked(), 1)
                            : found;
                });
        return new Ports(reader, ports.dryRun(), ports.records(), ports.writer(), ports.pause());
    }

    /** Moment by moment, with what was to be done by then. */
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
        return incident().progress().phase();
    }

    private Incident incident() {
        return loaded.inspector().list(Incident.class, GIVEN_TIME.namespace()).getFirst();
    }
}
