package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.event.Request;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.KubeSentProcess;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of KubeSent, one API server, each event two hundred times, in an order of chance: one act an incident. */
@OnTheApiServer
class TwoProcessesApiServerTest {

    private static final int DUPLICATES = 200;
    private static final int SEED = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** A failure that goes on, so that it is one at whatever time this runs. */
    private static final List<String> SCENARIOS = List.of("oom-deployment", "oom-bare-pod-down");

    private final ApiServerTestCluster cluster = new ApiServerTestCluster();

    @Test
    void a_thousand_events_to_two_processes_are_one_act_each(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        var scenarios = Stream.of("a", "b", "c")
                .flatMap(suffix ->
                        SCENARIOS.stream().map(name -> Scenario.named(name).suffixed("two-" + suffix)))
                .limit(5)
                .toList();
        var events = new ArrayList<Request>();
        var loaded = new ArrayList<TestCluster.Loaded>();
        for (var scenario : scenarios) {
            var one = cluster.load(scenario, Clock.systemUTC());
            loaded.add(one);
            events.addAll(Collections.nCopies(DUPLICATES, one.event()));
        }
        Collections.shuffle(events, new Random(SEED));
        try (var first = KubeSentProcess.start(folder.resolve("first"));
                var second = KubeSentProcess.start(folder.resolve("second"))) {
            assertThat(deliver(events, first, second)).isSubsetOf(202, 204, 503);
            waitUntilAll(scenarios, loaded);
        }
        for (var scenario : scenarios) {
            assertThat(incidents(scenario))
                    .singleElement()
                    .satisfies(
                            incident -> assertThat(incident.progress().acts()).hasSize(1));
            if (scenario.name().equals("oom-deployment")) {
                assertThat(generation(scenario)).isEqualTo(2);
            } else {
                assertThat(pods(scenario))
                        .singleElement()
                        .satisfies(pod ->
                                assertThat(pod.getMetadata().getAnnotations()).containsKey("kubesent.dev/replaces"));
            }
        }
    }

    private static List<Integer> deliver(List<Request> events, KubeSentProcess... processes) throws Exception {
        var deliveries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < events.size(); i++) {
            var process = processes[i % processes.length];
            var event = events.get(i);
            deliveries.add(() -> process.send(event));
        }
        try (var threads = Executors.newFixedThreadPool(16)) {
            var statuses = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(deliveries)) {
                statuses.add(answer.get());
            }
            return statuses;
        }
    }

    /** The kubelet's part is played meanwhile: pods that are being deleted go. */
    private static void waitUntilAll(List<Scenario> scenarios, List<TestCluster.Loaded> loaded) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!scenarios.stream().allMatch(TwoProcessesApiServerTest::isActedOn)) {
            assertThat(System.nanoTime())
                    .as(() -> "in time: "
                            + scenarios.stream()
                                    .map(TwoProcessesApiServerTest::told)
                                    .toList())
                    .isLessThan(deadline);
            loaded.forEach(one -> one.ports().pause().pause(Duration.ZERO));
        }
    }

    private static List<String> told(Scenario scenario) {
        return incidents(scenario).stream()
                .flatMap(incident -> incident.progress().story().stream())
                .toList();
    }

    private static boolean isActedOn(Scenario scenario) {
        return incidents(scenario).stream()
                .anyMatch(incident -> incident.progress().phase() == Phase.Verifying);
    }

    private static List<Incident> incidents(Scenario scenario) {
        return ApiServer.required().incidents(scenario.namespace());
    }

    private static long generation(Scenario scenario) {
        return ApiServer.required().generation(scenario.namespace(), "web-oom");
    }

    private static List<Pod> pods(Scenario scenario) {
        return ApiServer.required()
                .admin()
                .pods()
                .inNamespace(scenario.namespace())
                .list()
                .getItems();
    }
}
