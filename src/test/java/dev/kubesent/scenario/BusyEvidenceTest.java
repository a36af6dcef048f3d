package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.testing.reads.AtReads;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A read that finds no place says nothing about the pod: whichever it is, no incident ends for it. */
class BusyEvidenceTest {

    private static final String NAMESPACE = "rollback-image-typo";

    /** Whatever reads there are: the busy one is the first, the second, and so on to the last. */
    @TestFactory
    List<DynamicTest> a_busy_read_puts_the_work_off_and_ends_nothing() {
        var all = new Run(Integer.MAX_VALUE);
        all.event();
        assertThat(all.reads).isGreaterThan(20);
        return IntStream.range(0, all.reads)
                .mapToObj(at -> DynamicTest.dynamicTest("read " + at, () -> isPutOff(at)))
                .toList();
    }

    private static void isPutOff(int at) {
        var run = new Run(at);

        run.event();

        assertThat(run.incidents()).as(run.busy).noneMatch(status -> status.phase() == Phase.Refused);

        run.event();

        assertThat(run.incidents()).as(run.busy).singleElement().satisfies(status -> {
            assertThat(status.phase()).isEqualTo(Phase.Verifying);
            assertThat(status.takeovers()).isZero();
        });
    }

    private static final class Run {

        private final Scenario scenario = Scenario.named(NAMESPACE);
        private final Clock clock = Clock.fixed(scenario.time(), ZoneOffset.UTC);
        private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(scenario, clock);
        private final int busyAt;
        private int reads;
        private String busy = "";

        Run(int busyAt) {
            this.busyAt = busyAt;
        }

        void event() {
            var _ = ScenarioRun.endpoint(ports(), clock, "test").answer(loaded.event());
        }

        List<IncidentStatus> incidents() {
            return loaded.inspector().list(Incident.class, NAMESPACE).stream()
                    .map(Incident::progress)
                    .toList();
        }

        private Ports ports() {
            return AtReads.before(loaded.ports(), read -> {
                if (reads++ == busyAt) {
                    busy = read.toString();
                    throw new ClusterException(Kind.BUSY, "KubeSent reads 4 lists and logs already");
                }
            });
        }
    }
}
