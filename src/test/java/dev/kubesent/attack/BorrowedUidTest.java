package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.HeldWork;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An event of a pod that is not there, which tells the uid of somebody else's, must not say that his is gone. */
class BorrowedUidTest {

    @Test
    void an_event_that_tells_another_pods_uid_does_not_silence_that_pod() throws IOException {
        var scenario = Scenario.named("crash-with-a-telling-line");
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        loaded.stage()
                .put("apiVersion: v1\n"
                        + "kind: Namespace\n"
                        + "metadata: {name: mallory, labels: {kubesent.dev/heal: enabled}}\n");
        var work = new HeldWork();
        var pipeline = new Pipeline(loaded.ports(), ScenarioRun.defaultPolicies(), _ -> {}, work, clock, "test");
        var endpoint = ScenarioRun.endpoint(pipeline, clock);
        var forged = KubernetesJson.parse(new String(loaded.event().body(), StandardCharsets.UTF_8), Pod.class);
        forged.getMetadata().setNamespace("mallory");
        forged.getMetadata().setName("none");
        assertThat(endpoint.answer(EventPod.update(forged)).status()).isEqualTo(204);

        assertThat(endpoint.atTheDoor(loaded.event())).isEmpty();
        assertThat(endpoint.answer(loaded.event()).status()).isEqualTo(202);
        work.go();

        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .hasSize(1);
    }
}
