package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.KillSwitch;
import dev.kubesent.testing.KillSwitch.Moment;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Finding 4b of the security review: who may only create pods makes an old revision look alive, with a pod that bears its label and that no controller
 * made, and so has a Deployment rolled back to it.
 */
class ForgedSiblingTest {

    private static final List<String> OF_THE_OLD_REVISION = List.of("web-aaa-0", "web-aaa-1");

    @Test
    void pods_of_the_old_revision_have_it_rolled_back() {
        assertThat(changesAfter(List.of())).containsExactly("patch");
    }

    @Test
    void pods_that_only_bear_its_label_do_not() {
        assertThat(changesAfter(OF_THE_OLD_REVISION)).isEmpty();
    }

    private static List<String> changesAfter(List<String> forged) {
        var scenario = Scenario.named("rollback-image-typo");
        var clock = Clock.fixed(scenario.time(), ZoneOffset.UTC);
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var cluster = (InMemoryCluster) loaded.inspector();
        for (var name : forged) {
            var pod = cluster.get(Pod.class, scenario.namespace(), name).orElseThrow();
            pod.getMetadata().setOwnerReferences(List.<OwnerReference>of());
            cluster.load(pod);
        }
        var recorder = new KillSwitch(0, Moment.AFTER);
        ScenarioRun.endpoint(recorder.around(loaded.ports()), clock, "test").answer(loaded.event());

        var incident =
                cluster.list(Incident.class, scenario.namespace()).getFirst().progress();
        assertThat(incident.phase()).isEqualTo(forged.isEmpty() ? Phase.Verifying : Phase.NoAutomaticFix);
        return recorder.changes();
    }
}
