package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.testing.BlindReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import org.junit.jupiter.api.Test;

/** A newer image with the ClusterRole of an older one. */
class OlderRightsTest {

    private static final String NAME = "ksvc-next-revision-lives";

    @Test
    void a_revision_of_knative_that_may_not_be_read_is_an_owner_that_is_not_known() {
        var scenario = Scenario.named(NAME);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var ports = BlindReader.of(
                loaded.ports(),
                what -> what instanceof ObjectRef ref && ref.apiVersion().startsWith("serving."));

        var answer = ScenarioRun.endpoint(ports, clock, "one").answer(loaded.event());

        var incident = loaded.inspector().list(Incident.class, NAME).getFirst().progress();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(incident.phase()).isEqualTo(Phase.Refused);
        assertThat(incident.workload()).isEqualTo("Revision/hello-00001");
        assertThat(incident.verdict().reasons()).anyMatch(reason -> reason.startsWith("CONTROLLER_UNKNOWN"));
    }
}
