package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.KubeSentProcess;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Nobody sends an event: two processes, of which one watches. By night: WatchApiServerTest and LeaseElectionApiServerTest show the parts. */
@EnabledIfEnvironmentVariable(named = "KUBESENT_NIGHTLY", matches = "true")
@OnTheApiServer
class WatchingProcessesApiServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Failures that go on, so that they are at whatever time this runs. */
    private static final List<String> SCENARIOS = List.of("oom-deployment", "oom-bare-pod-down");

    private final ApiServerTestCluster cluster = new ApiServerTestCluster();

    @Test
    void one_of_two_heals_what_was_there_before_and_what_comes_and_when_it_stops_the_other_goes_on(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        try (var rights = ApiServer.required().allowToWatch();
                var first = KubeSentProcess.watching(folder.resolve("first"))) {
            assertThat(rights).isNotNull();
            isHealed("before");
            try (var second = KubeSentProcess.watching(folder.resolve("second"))) {
                assertThat(second.status("/actuator/health/readiness")).isEqualTo(200);
                isHealed("while");
                assertThat(Files.readString(folder.resolve("second/log"))).doesNotContain("reason=");
                first.close();
                isHealed("after");
                assertThat(Files.readString(folder.resolve("second/log"))).contains("reason=");
            }
        }
    }

    private void isHealed(String suffix) {
        var scenarios = SCENARIOS.stream()
                .map(name -> Scenario.named(name).suffixed("watch-" + suffix))
                .toList();
        var loaded = new ArrayList<TestCluster.Loaded>();
        scenarios.forEach(scenario -> loaded.add(cluster.load(scenario, Clock.systemUTC())));
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!scenarios.stream().allMatch(scenario -> phases(scenario).anyMatch(Phase.Verifying::equals))) {
            assertThat(System.nanoTime())
                    .as(() -> suffix + ": "
                            + scenarios.stream()
                                    .map(scenario -> phases(scenario).toList())
                                    .toList())
                    .isLessThan(deadline);
            loaded.forEach(one -> one.ports().pause().pause(Duration.ZERO)); // the kubelet's part: what is deleted goes
        }
        for (var scenario : scenarios) {
            assertThat(incidents(scenario))
                    .singleElement()
                    .satisfies(
                            incident -> assertThat(incident.progress().acts()).hasSize(1));
        }
    }

    private static Stream<Phase> phases(Scenario scenario) {
        return incidents(scenario).stream().map(incident -> incident.progress().phase());
    }

    private static List<Incident> incidents(Scenario scenario) {
        return ApiServer.required().incidents(scenario.namespace());
    }
}
