package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.KillSwitch;
import dev.kubesent.testing.KillSwitch.Moment;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.testing.cures.Changes;
import dev.kubesent.testing.cures.Changes.At;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Kills the process at every call while it verifies, tries the next way, or takes back: later sweeps of other processes come
 * to what they come to without the kill.
 */
class KillLaterTest {

    /** Those of each kind of change; and sweeps. */
    Stream<At> steps() {
        return Stream.concat(
                Changes.EACH.stream().flatMap(kind -> kind.killedLater().stream()),
                Stream.of(
                        new At("sweep-finds-what-the-source-lost", 1),
                        new At("sweep-closes-what-is-gone-and-forgets-it", 2),
                        new At("sweep-closes-what-is-gone-and-forgets-it", 3)));
    }

    TestCluster cluster() {
        return new InMemoryTestCluster();
    }

    @TestFactory
    Stream<DynamicTest> killed_anywhere_later_sweeps_come_to_the_same_end() {
        var steps = steps().toList();
        assertThat(steps).isNotEmpty();
        return steps.stream().flatMap(at -> {
            var whole = new Run(cluster(), at, "whole");
            var calls = whole.play(new KillSwitch(0, Moment.AFTER));
            assertThat(calls).as(at.toString()).isGreaterThanOrEqualTo(5);
            var points = new ArrayList<DynamicTest>();
            for (int call = 1; call <= calls; call++) {
                for (var moment : Moment.values()) {
                    var number = call;
                    points.add(DynamicTest.dynamicTest(
                            "%s, step %d, killed %s call %d".formatted(at.scenario(), at.step(), moment, call),
                            () -> killedAt(at, number, moment, whole)));
                }
            }
            return points.stream();
        });
    }

    private void killedAt(At at, int call, Moment moment, Run whole) {
        var run = new Run(cluster(), at, moment.name().toLowerCase(Locale.ROOT) + call);

        var _ = run.play(new KillSwitch(call, moment));

        assertThat(run.end()).isEqualTo(whole.end());
        assertThat(run.changes).isEqualTo(whole.changes);
    }

    private static final class Run {

        private final Scenario scenario;
        private final int step;
        private final Duration later;
        private final MovingClock clock;
        private final TestCluster.Loaded loaded;
        private final List<String> changes = new ArrayList<>();

        Run(TestCluster cluster, At at, String suffix) {
            this.scenario = Scenario.named(at.scenario()).suffixed(suffix + "-" + at.step());
            this.step = at.step();
            this.later = at.later();
            this.clock = new MovingClock(scenario.time());
            this.loaded = cluster.load(scenario, clock);
        }

        /** @return the calls of the step in question */
        int play(KillSwitch killSwitch) {
            var _ = ScenarioRun.endpoint(loaded.ports(), clock, "event").answer(loaded.event());
            for (int before = 1; before < step; before++) {
                ScenarioRun.setTheStage(scenario.steps().get(before - 1), loaded, clock);
                sweep(new KillSwitch(0, Moment.AFTER));
            }
            var last = scenario.steps().get(step - 1);
            ScenarioRun.setTheStage(last, loaded, clock);
            if (last.action().equals("approve")) {
                loaded.stage().approve();
            }
            sweep(killSwitch);
            for (int sweep = 0; sweep < 3; sweep++) {
                clock.forward(later);
                sweep(new KillSwitch(0, Moment.AFTER));
            }
            return killSwitch.calls();
        }

        private void sweep(KillSwitch killSwitch) {
            try {
                var _ = ScenarioRun.sweep(killSwitch.around(loaded.ports()), clock, "at-" + clock.instant())
                        .run();
            } catch (KillSwitch.Killed e) {
                assertThat(killSwitch.calls()).isPositive();
            }
            changes.addAll(killSwitch.changes());
        }

        /** Without the namespace, which is this run's own. */
        String end() {
            return ScenarioRun.end(loaded.inspector(), scenario.namespace())
                    .replaceAll("\\\\\\R\\s*\\\\?", "")
                    .replace(scenario.namespace(), "NAMESPACE")
                    .replaceAll("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
        }
    }
}
