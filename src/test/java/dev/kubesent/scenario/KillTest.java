package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.KillSwitch;
import dev.kubesent.testing.KillSwitch.Moment;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.testing.cures.Changes;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Kills the process before and after every single call to the cluster, runs the same event again in a new process, and
 * expects what an uninterrupted run comes to: nothing lost, nothing done twice.
 */
class KillTest {

    /** Those of each kind of change, for each way that it goes on after its first write; and one in which none is made. */
    Stream<String> scenarios() {
        return Stream.concat(
                Changes.EACH.stream().flatMap(kind -> kind.killed().stream()), Stream.of("oom-suggest-only"));
    }

    List<Moment> moments() {
        return List.of(Moment.values());
    }

    /** From one call to the next that is tried. */
    int step() {
        return 1;
    }

    TestCluster cluster() {
        return new InMemoryTestCluster();
    }

    @TestFactory
    Stream<DynamicTest> killed_anywhere_a_second_run_comes_to_the_same_end() {
        var cluster = cluster();
        var names = scenarios().toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(2);
        return names.stream().flatMap(name -> {
            var uninterrupted = new Run(cluster, Scenario.named(name), "whole");
            uninterrupted.process(new KillSwitch(0, Moment.AFTER), Duration.ZERO);
            assertThat(uninterrupted.calls).as(name).isGreaterThanOrEqualTo(10);
            var points = new ArrayList<DynamicTest>();
            for (int call = 1; call <= uninterrupted.calls; call += step()) {
                for (var moment : moments()) {
                    var at = call;
                    points.add(DynamicTest.dynamicTest(
                            name + ", killed " + moment + " call " + at,
                            () -> killedAt(cluster, name, at, moment, uninterrupted)));
                }
            }
            return points.stream();
        });
    }

    private static void killedAt(TestCluster cluster, String name, int call, Moment moment, Run uninterrupted) {
        var run = new Run(cluster, Scenario.named(name), moment.name().toLowerCase(Locale.ROOT) + call);

        run.process(new KillSwitch(call, moment), Duration.ZERO);
        run.process(new KillSwitch(0, Moment.AFTER), Duration.ofMinutes(3)); // the lease has run out by then

        assertThat(run.end()).isEqualTo(uninterrupted.end());
        assertThat(run.changes).isEqualTo(uninterrupted.changes);
    }

    /** One cluster, and the processes that came and went on it. */
    private static final class Run {

        private final Scenario scenario;
        private final TestCluster.Loaded loaded;
        private final List<String> changes = new ArrayList<>();
        private int calls;

        Run(TestCluster cluster, Scenario named, String suffix) {
            this.scenario = named.suffixed(suffix);
            this.loaded = cluster.load(scenario, Clock.fixed(scenario.time(), ZoneOffset.UTC));
        }

        void process(KillSwitch killSwitch, Duration later) {
            var clock = Clock.fixed(scenario.time().plus(later), ZoneOffset.UTC);
            var endpoint = ScenarioRun.endpoint(killSwitch.around(loaded.ports()), clock, "process-at-" + later);
            try {
                var status = endpoint.answer(loaded.event()).status();
                assertThat(status).isIn(202, 204); // 204 where the first process had finished before it died
            } catch (KillSwitch.Killed e) {
                assertThat(killSwitch.calls()).isPositive();
            }
            calls += killSwitch.calls();
            changes.addAll(killSwitch.changes());
        }

        /** Without the namespace, which is this run's own; and without the folds of long lines, which go by its length. */
        String end() {
            return ScenarioRun.end(loaded.inspector(), scenario.namespace())
                    .replaceAll("\\\\\\R\\s*\\\\?", "")
                    .replace(scenario.namespace(), "NAMESPACE");
        }
    }
}
