package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.Kubectl;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How Argo CD, Flux and kstatus take an incident, with the snippets of docs/gitops-health.md: src/it/health-checks.sh builds the program that has
 * their code, and names it here.
 */
@EnabledIfEnvironmentVariable(named = "HEALTH_CHECKS", matches = ".+")
@OnTheApiServer
class HealthChecksApiServerTest {

    private final ApiServer server = ApiServer.required();

    /** Of the scenarios with an asterisk only the event is played, of one with a plus the first step as well. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "oom-deployment, Verifying, Progressing, InProgress, InProgress, Progressing",
        "verify-an-uncertain-oom-taken-back, Undoing, Progressing, InProgress, InProgress, Progressing",
        "*rollback-is-given-two-minutes, Waiting, Progressing, InProgress, InProgress, Progressing",
        "mute-for-months-is-told, Waiting, Degraded, Failed, Failed, Stalled",
        "crash-command-not-found, NoAutomaticFix, Degraded, Failed, Failed, Stalled",
        "oom-above-maximum, Refused, Degraded, Failed, Failed, Stalled",
        "restart-that-does-not-help-stays, Failed, Degraded, Failed, Failed, Stalled",
        "*oom-suggest-only, Proposed, Suspended, InProgress, Failed, Proposed",
        "image-typo-corrected-where-allowed, Healed, Healthy, Current, Current, Healed",
        "verify-somebody-changes-it-again, Superseded, Healthy, Current, Current, Progressing=False",
        "+verify-the-workload-is-deleted, Closed, Healthy, Current, Current, Progressing=False"
    })
    void each_phase_is_taken_as_the_page_says(
            String name, String phase, String argo, String flux, String kstatus, String waited) throws Exception {
        var scenario = Scenario.named(name.replaceAll("[*+]", "")).suffixed("health");
        play(scenario, name.charAt(0));
        var kubectl = Kubectl.required(server);
        var list = kubectl.run("get", "incidents", "-n", scenario.namespace(), "-o", "json");

        var told = told(list.output());

        var found = server.incidents(scenario.namespace()).stream()
                .collect(Collectors.toMap(one -> one.getMetadata().getName(), Incident::progress));
        var one = found.entrySet().stream()
                .filter(entry -> entry.getValue().phase().name().equals(phase))
                .map(Map.Entry::getKey)
                .findFirst();
        assertThat(one).as("%s of %s", phase, found.values()).isPresent();
        System.out.printf("HEALTH %s%n", told.get(one.get()));
        assertThat(told.get(one.get())).isEqualTo(String.join("\t", one.get(), phase, argo, flux, kstatus));
        assertThat(kubectl.run(
                                "wait",
                                "incident/" + one.get(),
                                "-n",
                                scenario.namespace(),
                                "--for=condition=" + waited,
                                "--timeout=0s")
                        .code())
                .as("kubectl wait --for=condition=" + waited)
                .isZero();
    }

    private static void play(Scenario scenario, char how) {
        if (how != '*' && how != '+') {
            var _ = ScenarioRun.of(scenario, new ApiServerTestCluster());
            return;
        }
        var clock = new MovingClock(scenario.time());
        var loaded = new ApiServerTestCluster().load(scenario, clock);
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "test").answer(loaded.event());
        if (how == '+') {
            ScenarioRun.setTheStage(scenario.steps().getFirst(), loaded, clock);
            var _ = ScenarioRun.sweep(loaded.ports(), clock, "later").run();
        }
        loaded.stage().leave();
    }

    /** @return its line of each incident, by name */
    private static Map<String, String> told(String list) throws IOException, InterruptedException {
        var file = Files.createTempFile("incidents", ".json");
        Files.writeString(file, list);
        var process = new ProcessBuilder(System.getenv("HEALTH_CHECKS"), "docs/gitops-health.md")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        Files.delete(file);
        return output.lines().collect(Collectors.toMap(line -> line.substring(0, line.indexOf('\t')), line -> line));
    }
}
