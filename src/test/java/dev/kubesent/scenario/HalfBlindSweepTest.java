package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.BlindReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read of one kind keeps no run of another from being told. */
class HalfBlindSweepTest {

    @ParameterizedTest
    @ValueSource(classes = {Deployment.class, StatefulSet.class, DaemonSet.class})
    void a_job_that_gave_up_is_told_although_workloads_cannot_be_listed(Class<?> unreadable) {
        var scenario = Scenario.named("job-that-gave-up-left-no-pod");
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var ports = BlindReader.of(loaded.ports(), unreadable::equals);

        assertThat(ScenarioRun.sweep(ports, clock, "test").run().lost()).isEqualTo(1);
    }
}
