package dev.kubesent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.Request;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster.Loaded;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An asynchronous Broker hands over what waits for a function that wakes in any order: of four events of one pod the newest came first (seen on
 * real Knative). An event is a hint, and only the live pod decides.
 */
class NewestFirstTest {

    private static final int ORDERS = 24;

    @ParameterizedTest
    @ValueSource(strings = {"oom-deployment", "oom-bare-pod-down"})
    void in_whatever_order_a_pods_events_arrive_the_end_is_the_same(String name) {
        var scenario = Scenario.named(name);
        var ends = orders(List.of(0, 1, 2, 3)).stream()
                .map(order -> endOf(scenario, order))
                .toList();

        assertThat(ends).hasSize(ORDERS);
        assertThat(ends.getFirst()).contains("phase: \"Verifying\"");
        assertThat(ends).containsOnly(ends.getFirst());
    }

    private static String endOf(Scenario scenario, List<Integer> order) {
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var events = events(loaded, scenario);
        var endpoint = ScenarioRun.endpoint(loaded.ports(), clock, "test");

        for (var event : order) {
            assertThat(endpoint.answer(events.get(event)).status()).isIn(202, 204);
        }

        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .singleElement()
                .satisfies(incident -> assertThat(incident.progress().acts()).hasSize(1));
        return ScenarioRun.end(loaded.inspector(), scenario.namespace());
    }

    /** Oldest first: one of this name before it is deleted, this one is made, runs, and fails. */
    private static List<Request> events(Loaded loaded, Scenario scenario) {
        var failing = loaded.inspector().list(Pod.class, scenario.namespace()).getFirst();
        var before = changed(failing, pod -> pod.getMetadata().setUid("00000000-0000-4000-8000-000000000000"));
        var made = changed(failing, pod -> pod.getStatus().setContainerStatuses(List.of()));
        var running = changed(failing, NewestFirstTest::runs);
        return List.of(typed(before, "delete"), typed(made, "add"), typed(running, "update"), typed(failing, "update"));
    }

    private static void runs(Pod pod) {
        pod.getStatus().getContainerStatuses().forEach(container -> {
            container.setRestartCount(0);
            container.setLastState(null);
            container.getState().setWaiting(null);
            container.getState().setTerminated(null);
        });
    }

    private static Pod changed(Pod pod, Consumer<Pod> change) {
        var copy = KubernetesJson.parse(KubernetesJson.json(pod), Pod.class);
        change.accept(copy);
        return copy;
    }

    private static Request typed(Pod pod, String type) {
        var update = EventPod.update(pod);
        var headers = new HashMap<>(update.headers());
        headers.put("ce-type", "dev.knative.apiserver.resource." + type);
        return new Request(headers, KubernetesJson.json(pod).getBytes(StandardCharsets.UTF_8));
    }

    /** All of them. */
    private static List<List<Integer>> orders(List<Integer> events) {
        if (events.size() == 1) {
            return List.of(events);
        }
        var all = new ArrayList<List<Integer>>();
        for (var first : events) {
            var rest = events.stream().filter(event -> !event.equals(first)).toList();
            orders(rest)
                    .forEach(order -> all.add(IntStream.rangeClosed(0, order.size())
                            .mapToObj(i -> i == 0 ? first : order.get(i - 1))
                            .toList()));
        }
        return all;
    }
}
