package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.event.Request;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.KubeSentProcess;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What an event wakes heals, sweeps, tells its probes and ends in grace; Spring starts when a figure or a question is asked for (docs/decisions/0137). */
@OnTheApiServer
class WithoutSpringApiServerTest {

    private static final String STARTING = "Starting Main";

    private static final String STARTED = "Started Main";

    private final ApiServerTestCluster cluster = new ApiServerTestCluster();

    /** What other tests left unfinished on the shared server a new process takes up first, and ours would wait behind it. */
    @BeforeEach
    void nothing_else_is_unfinished() {
        // Untyped: among what tests left there are some that nobody can read.
        ApiServer.required()
                .admin()
                .genericKubernetesResources("kubesent.dev/v1alpha1", "Incident")
                .inAnyNamespace()
                .delete();
    }

    @Test
    void it_heals_and_ends_in_grace_without_spring(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        var scenario = Scenario.named("oom-deployment").suffixed("alone-a");
        var event = cluster.load(scenario, Clock.systemUTC()).event();

        try (var process = KubeSentProcess.start(folder)) {
            assertThat(process.send(event)).isEqualTo(202);
        } // at once: what was begun is finished

        assertThat(generation(scenario)).isEqualTo(2);
        assertThat(incident(scenario).progress().acts()).hasSize(1);
        assertThat(log(folder))
                .contains("events are taken at port", "reason=HealingApplied") // and it is told
                .doesNotContain(STARTED, " ERROR ");
    }

    @Test
    void what_is_begun_is_finished_also_while_spring_starts(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        var scenario = Scenario.named("oom-deployment").suffixed("alone-d");
        var event = cluster.load(scenario, Clock.systemUTC()).event();

        try (var process = KubeSentProcess.start(folder)) {
            process.awaitText("/actuator/health/readiness", "\"cluster\"");
            var _ = CompletableFuture.supplyAsync(() -> asked(process));
            process.awaitLog(folder, STARTING);
            assertThat(process.send(event)).isEqualTo(202);
        } // Spring is not there yet

        assertThat(generation(scenario)).isEqualTo(2);
        assertThat(log(folder)).contains("reason=HealingApplied");
    }

    @Test
    void nothing_is_begun_by_a_process_that_ends_before_what_heals_is_there(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        var scenario = Scenario.named("oom-deployment").suffixed("alone-e");
        var event = cluster.load(scenario, Clock.systemUTC()).event();

        try (var process = KubeSentProcess.start(folder)) {
            var _ = CompletableFuture.supplyAsync(() -> sent(process, event));
        }

        // However far it came: it has finished what it began, or it began nothing.
        var begun = ApiServer.required().incidents(scenario.namespace());
        assertThat(generation(scenario)).isEqualTo(begun.isEmpty() ? 1 : 2);
    }

    @Test
    void where_senders_show_tokens_they_are_checked_without_spring(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        var scenario = Scenario.named("oom-deployment").suffixed("alone-f");
        var event = cluster.load(scenario, Clock.systemUTC()).event();
        var headers = new HashMap<>(event.headers());
        headers.put("authorization", "Bearer " + ApiServer.required().tokenOf("kubesent", "kubesent-door"));

        try (var process = KubeSentProcess.start(
                folder,
                "--kubesent.sender-audience=kubesent-door",
                "--kubesent.senders=system:serviceaccount:kubesent:kubesent")) {
            assertThat(process.send(event)).isEqualTo(401);
            assertThat(process.send("/sweep", event)).isEqualTo(401);
            assertThat(process.send(new Request(headers, event.body()))).isEqualTo(202);
        }

        assertThat(generation(scenario)).isEqualTo(2);
        assertThat(log(folder)).doesNotContain(STARTED, " ERROR ");
    }

    @Test
    void a_file_that_is_to_be_replayed_is_replayed_at_the_start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        try (var process = KubeSentProcess.start(folder, "--replay=events/08-healthy.http")) {
            process.awaitLog(folder, STARTED);
        }
    }

    private static int asked(KubeSentProcess process) {
        try {
            return process.status("/actuator/prometheus");
        } catch (IOException | InterruptedException e) {
            return 0; // it has ended
        }
    }

    private static int sent(KubeSentProcess process, Request event) {
        try {
            return process.send(event);
        } catch (IOException | InterruptedException e) {
            return 0;
        }
    }

    @Test
    void a_sweep_begins_without_spring(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        try (var process = KubeSentProcess.start(folder)) {
            assertThat(process.send("/sweep", new Request(Map.of(), new byte[0])))
                    .isEqualTo(202);
            assertThat(log(folder)).doesNotContain(STARTING);
            process.kill(); // it would look at all tests' pods
        }
    }

    @Test
    void what_happened_before_is_in_the_first_figures(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        var scenario = Scenario.named("oom-deployment").suffixed("alone-c");
        var event = cluster.load(scenario, Clock.systemUTC()).event();

        try (var process = KubeSentProcess.start(folder)) {
            process.awaitText("/actuator/health/readiness", "\"cluster\""); // it has asked the API server
            assertThat(process.send(event)).isEqualTo(202);
            assertThat(log(folder)).doesNotContain(STARTED);

            assertThat(process.text("/actuator/prometheus"))
                    .contains(
                            "kubesent_events_total{outcome=\"OPENED\"} 1.0",
                            "http_server_requests_seconds_count{error=\"none\",exception=\"none\",method=\"POST\",outcome=\"SUCCESS\",status=\"202\"");
            assertThat(process.send(event)).isBetween(200, 204); // and Spring serves from now on
            assertThat(process.text("/actuator/prometheus"))
                    .contains("kubesent_events_total{outcome=\"REPEATED\"} 1.0");
        }

        assertThat(log(folder)).contains(STARTED).doesNotContain(" ERROR ");
    }

    private static String log(Path folder) throws Exception {
        return Files.readString(folder.resolve("log"));
    }

    private static Incident incident(Scenario scenario) {
        return ApiServer.required().incidents(scenario.namespace()).getFirst();
    }

    private static long generation(Scenario scenario) {
        return ApiServer.required().generation(scenario.namespace(), "web-oom");
    }
}
