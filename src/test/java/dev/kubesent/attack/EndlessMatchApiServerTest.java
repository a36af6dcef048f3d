package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.KubeSentProcess;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.TestCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Finding 2b, on a real API server: two pods whose last words never stop matching, and a process that is killed over them. By night: ParkedIncidentTest shows in memory what comes of it. */
@EnabledIfEnvironmentVariable(named = "KUBESENT_NIGHTLY", matches = "true")
@OnTheApiServer
class EndlessMatchApiServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** What the kubelet keeps of {@code /dev/termination-log} is 4096 bytes. */
    private static final String LAST_WORDS = "secret".repeat(660);

    private final Scenario scenario = Scenario.named("oom-deployment").suffixed("endless");
    private final TestCluster.Loaded loaded = new ApiServerTestCluster().load(scenario, Clock.systemUTC());

    @Test
    void a_process_that_is_started_anew_lives_and_gives_both_a_verdict(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        for (var name : List.of("endless-0", "endless-1")) {
            loaded.stage().put(LoopingPod.yaml(scenario.namespace(), name, LAST_WORDS));
        }
        var first = KubeSentProcess.start(folder.resolve("first"));
        for (var name : List.of("endless-0", "endless-1")) {
            assertThat(first.send(LoopingPod.reference(scenario.namespace(), name)))
                    .isEqualTo(202);
        }
        first.kill();
        assertThat(incidents()).hasSize(2);
        incidents().forEach(EndlessMatchApiServerTest::asItWasWhenItsProcessDied);

        try (var second = KubeSentProcess.start(folder.resolve("second"))) {
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!incidents().stream()
                    .allMatch(incident -> incident.progress().verdict() != null)) {
                assertThat(second.status("/actuator/health/liveness")).isEqualTo(200);
                assertThat(System.nanoTime()).as("both in time: " + incidents()).isLessThan(deadline);
            }
            assertThat(second.status("/actuator/health/liveness")).isEqualTo(200);
        }
    }

    /** Opened, by one whose lease has run out: however far the first had come when it was killed. */
    private static void asItWasWhenItsProcessDied(Incident incident) {
        var tree = (ObjectNode) KubernetesJson.tree(incident);
        var status = tree.withObject("/status");
        status.put("phase", "Opened");
        status.remove("verdict");
        status.withObject("/lease")
                .put("holder", "killed")
                .put("until", Instant.now().minusSeconds(5).toString());
        ApiServer.required()
                .boundByPolicyOnly()
                .resource(KubernetesJson.as(tree, Incident.class))
                .updateStatus();
    }

    private List<Incident> incidents() {
        return ApiServer.required().incidents(scenario.namespace());
    }
}
