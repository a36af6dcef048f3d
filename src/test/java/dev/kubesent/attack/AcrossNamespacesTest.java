package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.attack.WaysOut.Pod;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Finding 7c: a log line, or an image's name, has something of another namespace looked up and told to whoever reads the incident. */
@Isolated
class AcrossNamespacesTest {

    private static final String LINE = "dial tcp: connect to secret-svc.other.svc:9999: connection refused";

    private static final String SERVICE = """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: secret-svc, namespace: other}
        spec:
          clusterIP: 10.0.0.9
          ports: [{port: 8443}, {port: 5432}]
        """;

    @TempDir
    private Path folder;

    @Test
    void a_service_of_another_namespace_is_not_told_unless_a_setting_says_so() throws IOException {
        var pod = new Pod(LINE, java.util.Map.of(), java.util.List.of());

        var held = WaysOut.of(pod, folder.resolve("held"), SERVICE, false);
        var told = WaysOut.of(pod, folder.resolve("told"), SERVICE, true);

        assertThat(held.get("incident")).contains("secret-svc.other.svc:9999").doesNotContain("8443", "5432");
        assertThat(told.get("incident")).contains("8443", "5432");
    }

    @Test
    void an_image_of_another_namespace_is_not_told_and_corrects_nothing() {
        var scenario = Scenario.named("image-that-runs-in-another-namespace");
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);

        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "test").answer(loaded.event());

        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.progress().acts()).isEmpty();
                    assertThat(incident.progress().toString())
                            .doesNotContain("in this cluster", "registry.lab/shop:1.4 ");
                });
    }
}
