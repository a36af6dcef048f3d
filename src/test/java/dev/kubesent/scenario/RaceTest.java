package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.event.Request;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.KillSwitch;
import dev.kubesent.testing.KillSwitch.Moment;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Two processes, many threads, one event: one act. */
class RaceTest {

    TestCluster cluster() {
        return new InMemoryTestCluster();
    }

    @Test
    void the_same_event_to_two_processes_at_once_is_acted_on_once() throws Exception {
        for (var name : List.of("oom-deployment", "oom-bare-pod-down")) {
            var scenario = Scenario.named(name).suffixed("race");
            var clock = Clock.fixed(scenario.time(), ZoneOffset.UTC);
            var loaded = cluster().load(scenario, clock);
            var first = new KillSwitch(0, Moment.AFTER);
            var second = new KillSwitch(0, Moment.AFTER);
            var one = endpoint(loaded, first, clock, "one");
            var two = endpoint(loaded, second, clock, "two");

            assertThat(deliver(loaded.event(), one, two)).allMatch(status -> status == 202 || status == 204);

            var changes = new ArrayList<>(first.changes());
            changes.addAll(second.changes());
            assertThat(changes)
                    .isEqualTo(name.equals("oom-deployment") ? List.of("patch") : List.of("delete", "create"));
        }
    }

    private static EventEndpoint endpoint(TestCluster.Loaded loaded, KillSwitch recorder, Clock clock, String holder) {
        return ScenarioRun.endpoint(recorder.around(loaded.ports()), clock, holder);
    }

    private static List<Integer> deliver(Request event, EventEndpoint... endpoints) throws Exception {
        var deliveries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 60; i++) {
            var endpoint = endpoints[i % endpoints.length];
            deliveries.add(() -> endpoint.answer(event).status());
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var statuses = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(deliveries)) {
                statuses.add(answer.get());
            }
            return statuses;
        }
    }
}
