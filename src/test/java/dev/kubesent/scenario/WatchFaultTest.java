package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.BlindReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What cannot be read for a moment, while a change is watched, is no reason to take it back, nor to forget it. */
class WatchFaultTest {

    private static final String NAME = "verify-a-deployment-is-raised-twice-then-taken-back";

    private final Scenario scenario = Scenario.named(NAME);
    private final MovingClock clock = new MovingClock(scenario.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(scenario, clock);

    @Test
    void a_node_that_cannot_be_read_is_waited_for() {
        failAgainWithout(Node.class::equals);

        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
        assertThat(incident().progress().standing()).hasSize(1);

        clock.forward(Duration.ofMinutes(6));
        var _ = ScenarioRun.sweep(loaded.ports(), clock, "later").run();

        assertThat(incident().progress().standing()).hasSize(2);
    }

    /** However fresh each of its failures is: only the run of a CronJob has a time of its own. */
    @Test
    void what_keeps_failing_is_not_waited_for_longer_than_for_coming_up() {
        failAgainWithout(Node.class::equals);
        clock.forward(Duration.ofMinutes(20));
        for (var object : scenario.steps().getFirst().objects()) {
            loaded.stage()
                    .put(object.replaceAll(
                            "\"(startedAt|finishedAt)\":\"[^\"]+\"", "\"$1\":\"" + clock.instant() + "\""));
        }

        var _ = ScenarioRun.sweep(blind(Node.class::equals), clock, "blind").run();

        assertThat(incident().progress().standing()).isEmpty();
    }

    @Test
    void limits_that_cannot_be_read_are_waited_for() {
        failAgainWithout(LimitRange.class::equals);

        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void an_owner_that_cannot_be_read_does_not_change_what_the_incident_is_about() {
        failAgainWithout(what -> what instanceof ObjectRef ref && ref.kind().equals("ReplicaSet"));

        assertThat(incident().progress().workload()).isEqualTo("Deployment/web-oom");
        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
    }

    /** The raise, and the first failure of what runs with it, while the reads of something fail. */
    private void failAgainWithout(Predicate<Object> unreadable) {
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "event").answer(loaded.event());
        ScenarioRun.setTheStage(scenario.steps().getFirst(), loaded, clock);
        var _ = ScenarioRun.sweep(blind(unreadable), clock, "blind").run();
    }

    private Ports blind(Predicate<Object> unreadable) {
        return BlindReader.of(loaded.ports(), unreadable);
    }

    private Incident incident() {
        return loaded.inspector().list(Incident.class, NAME).getFirst();
    }
}
