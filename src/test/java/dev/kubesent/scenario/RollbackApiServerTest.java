package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rollback leaves as it is, on a real API server; {@code kubectl rollout undo} takes the annotations of the old revision along. */
@OnTheApiServer
class RollbackApiServerTest {

    @ParameterizedTest
    @ValueSource(strings = {"rollback-image-typo", "rollback-keeps-the-replicas-of-an-autoscaler"})
    void only_the_pod_template_goes_back(String name) {
        var scenario = Scenario.named(name).suffixed("whole");
        var clock = new MovingClock(scenario.time());
        var loaded = new ApiServerTestCluster().load(scenario, clock);
        try {
            var before = deployment(loaded.inspector().list(Deployment.class, scenario.namespace()));

            var _ = ScenarioRun.endpoint(loaded.ports(), clock, "test").answer(loaded.event());

            var after = deployment(loaded.inspector().list(Deployment.class, scenario.namespace()));
            assertThat(after.getSpec().getTemplate())
                    .isNotEqualTo(before.getSpec().getTemplate());
            assertThat(after.getMetadata().getAnnotations())
                    .isEqualTo(before.getMetadata().getAnnotations());
            assertThat(after.getMetadata().getLabels())
                    .isEqualTo(before.getMetadata().getLabels());
            assertThat(after.getSpec().getTemplate().getMetadata().getLabels()).doesNotContainKey("pod-template-hash");
            after.getSpec().setTemplate(before.getSpec().getTemplate());
            assertThat(after.getSpec()).isEqualTo(before.getSpec());
        } finally {
            loaded.stage().leave();
        }
    }

    private static Deployment deployment(List<Deployment> all) {
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
