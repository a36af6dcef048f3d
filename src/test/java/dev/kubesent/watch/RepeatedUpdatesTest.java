package dev.kubesent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Watched;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.pipeline.work.BackgroundWork;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.time.Ticks;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a watch tells twice, late, or in another order is one act nevertheless. */
class RepeatedUpdatesTest {

    private static final int UPDATES = 1_000;
    private static final int SEED = 11;

    /** In one watch, and in sixty of which each was closed after a second. */
    @ParameterizedTest
    @CsvSource({"oom-deployment, 1", "oom-deployment, 60", "oom-bare-pod-down, 1", "oom-bare-pod-down, 60"})
    void a_thousand_updates_in_an_order_of_chance_are_one_act(String name, int watches) throws InterruptedException {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var work = new BackgroundWork(16, Duration.ofSeconds(30), clock);
        var pipeline = new Pipeline(loaded.ports(), ScenarioRun.defaultPolicies(), _ -> {}, work, clock, "test");
        var endpoint = new EventEndpoint(
                pipeline,
                new Resumption(pipeline, MovingClock.ticks(clock), (_, _) -> {}),
                1 << 21,
                new TellBack.Nothing());
        var queue = new LookQueue(Ticks.ofTheMachine(), new Tallies());
        var lookers = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofPlatform().start(new Looker(queue, endpoint::look)))
                .toList();
        var closed = new ArrayList<Boolean>();

        new WatchLoop(
                        Watched.PODS,
                        watcher(updates(loaded, scenario), watches),
                        new Intake(queue, endpoint::look, () -> {}),
                        () -> {},
                        _ -> {
                            closed.add(true);
                            return closed.size() < watches;
                        })
                .run();
        while (queue.size() > 0) {
            Thread.onSpinWait();
        }
        queue.close();
        for (var looker : lookers) {
            looker.join();
        }
        work.close();

        assertThat(closed).hasSize(watches);
        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.progress().acts()).hasSize(1);
                    assertThat(incident.progress().phase()).isEqualTo(Phase.Verifying);
                });
    }

    private static ToldWatcher watcher(List<Supplier<Change>> updates, int watches) {
        var watcher = new ToldWatcher().version("1");
        var of = Math.ceilDiv(updates.size(), watches);
        for (int from = 0; from < watches * of; from += of) {
            List<Supplier<Change>> lines =
                    updates.subList(Math.min(from, updates.size()), Math.min(from + of, updates.size()));
            watcher.watch(lines);
        }
        return watcher;
    }

    /** The failing pod, as it was before it failed, and as it goes; each many times. */
    private static List<Supplier<Change>> updates(TestCluster.Loaded loaded, Scenario scenario) {
        var failing = loaded.inspector().list(Pod.class, scenario.namespace()).getFirst();
        var healthy = KubernetesJson.parse(KubernetesJson.json(failing), Pod.class);
        healthy.getStatus().getContainerStatuses().forEach(container -> {
            container.setRestartCount(0);
            container.setLastState(null);
            container.getState().setWaiting(null);
            container.getState().setTerminated(null);
        });
        var updates = new ArrayList<Supplier<Change>>();
        for (int i = 0; i < UPDATES; i++) {
            var version = String.valueOf(i);
            var type = i % 10 == 9 ? Change.Type.DELETED : i % 2 == 0 ? Change.Type.MODIFIED : Change.Type.ADDED;
            var pod = KubernetesJson.json(i % 3 == 2 ? healthy : failing).getBytes(StandardCharsets.UTF_8);
            updates.add(() -> new Change(type, version, pod));
        }
        Collections.shuffle(updates, new Random(SEED));
        return updates;
    }
}
