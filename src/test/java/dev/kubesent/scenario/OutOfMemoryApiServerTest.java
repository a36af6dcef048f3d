package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.event.Request;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.FaultyWay;
import dev.kubesent.testing.KubeSentProcess;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process whose heap is exhausted in the middle of an act, with the image's own flags: it ends, and the next one finishes what was begun,
 * once. Finding 3 of shared/reviews/security.md, and issue 21.
 */
@OnTheApiServer
class OutOfMemoryApiServerTest {

    /** Of the JVM, where ExitOnOutOfMemoryError ends it. */
    private static final int EXIT_CODE = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void after_the_intent_is_written_the_next_process_makes_the_change_once() throws Exception {
        var scenario = Scenario.named("oom-deployment").suffixed("heap");

        diesAndIsFollowed(scenario, "\"record\":");

        assertThat(deployment(scenario).getMetadata().getGeneration())
                .as("one change of its spec")
                .isEqualTo(2);
    }

    @Test
    void after_the_point_of_no_return_the_next_process_replaces_the_pod_once() throws Exception {
        var scenario = Scenario.named("oom-bare-pod-down").suffixed("heap");

        diesAndIsFollowed(scenario, "\"step\":\"deleting\"");

        assertThat(pods(scenario))
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getAnnotations()).containsKey("kubesent.dev/replaces"));
    }

    /** @param written what the write has in it after which the heap is exhausted, before its answer arrives */
    private void diesAndIsFollowed(Scenario scenario, String written) throws Exception {
        var loaded = new ApiServerTestCluster().load(scenario, Clock.systemUTC());
        assertThat(dies(scenario, loaded.event(), written)).hasValue(EXIT_CODE);
        assertThat(incidents(scenario)).singleElement().satisfies(incident -> {
            assertThat(incident.progress().phase()).isEqualTo(Phase.Acting);
            assertThat(incident.progress().hasBegun()).isTrue();
            assertThat(incident.progress().acts()).isEmpty();
        });
        leaseRunsOut(incidents(scenario).getFirst());
        try (var next = KubeSentProcess.start(folder.resolve("next"))) {
            waitUntilDone(scenario, loaded, next);
        }
        assertThat(incidents(scenario))
                .singleElement()
                .satisfies(incident -> assertThat(incident.progress().acts()).hasSize(1));
    }

    private OptionalInt dies(Scenario scenario, Request event, String written) throws Exception {
        var mortal = new AtomicReference<KubeSentProcess>();
        var end = new AtomicReference<>(OptionalInt.empty());
        try (var way = new FaultyWay(ApiServer.required().kubesent(), body -> {
            if (body.contains(written) && body.contains(scenario.namespace())) {
                end.compareAndSet(OptionalInt.empty(), mortal.get().exhaust());
            }
        })) {
            mortal.set(KubeSentProcess.mortal(folder.resolve("mortal"), way.url()));
            try (var process = mortal.get()) {
                send(process, event);
                until(() -> end.get().isPresent(), () -> "it lives: " + incidents(scenario));
            }
        }
        return end.get();
    }

    /** Its answer goes out before the work begins, or never. */
    private static void send(KubeSentProcess process, Request event) throws InterruptedException {
        try {
            assertThat(process.send(event)).isEqualTo(202);
        } catch (IOException e) {
            // it died meanwhile; the source would send the event again
        }
    }

    private static void sendAgain(KubeSentProcess process, Request event) {
        try {
            assertThat(process.send(event)).isIn(202, 204, 429, 503);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What time does in two minutes. */
    private static void leaseRunsOut(Incident incident) {
        var _ = ApiServer.required()
                .boundByPolicyOnly()
                .resource(incident)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .build(),
                        "{\"status\": {\"lease\": {\"until\": \"2020-01-01T00:00:00Z\"}}}");
    }

    /** Meanwhile the pod goes on failing, and the kubelet's part is played: pods that are being deleted go. */
    private static void waitUntilDone(Scenario scenario, TestCluster.Loaded loaded, KubeSentProcess next) {
        until(
                () -> {
                    sendAgain(next, loaded.event());
                    loaded.ports().pause().pause(Duration.ZERO);
                    return incidents(scenario).getFirst().progress().phase() == Phase.Verifying;
                },
                () -> incidents(scenario).getFirst().progress().story().toString());
    }

    private static void until(BooleanSupplier done, Supplier<String> told) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as(told).isLessThan(deadline);
        }
    }

    private static List<Incident> incidents(Scenario scenario) {
        return ApiServer.required().incidents(scenario.namespace());
    }

    private static Deployment deployment(Scenario scenario) {
        return ApiServer.required()
                .admin()
                .resources(Deployment.class)
                .inNamespace(scenario.namespace())
                .withName("web-oom")
                .get();
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
