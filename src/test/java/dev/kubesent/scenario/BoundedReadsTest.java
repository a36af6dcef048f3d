package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A herd must not kill the healer: what there may be many of is only ever looked at, and not without an end. */
class BoundedReadsTest {

    /** What nobody has thousands of; a namespace that has is not read in part, but not at all. */
    private static final Set<String> LISTED_WHOLE =
            Set.of("ControllerRevision", "EndpointSlice", "Incident", "LimitRange", "ReplicaSet", "ResourceQuota");

    /** The look at all pods that ends a watch. */
    private static final int LARGEST_LOOK = 15_000;

    @Test
    void no_scenario_reads_without_a_bound() {
        var listed = new TreeSet<String>();
        var looks = 0;
        var scenarios = 0;
        for (var scenario : Scenario.all().toList()) {
            var counting = new CountingReader();
            run(scenario, counting);
            scenarios++;
            for (var read : counting.reads()) {
                switch (read.method()) {
                    case "list" -> listed.add(read.type());
                    case "each", "podMetrics" -> {
                        looks++;
                        assertThat(read.bound())
                                .as("%s of %s in %s", read.method(), read.type(), scenario.name())
                                .isBetween(1, LARGEST_LOOK);
                    }
                    case "page", "first", "readable" ->
                        assertThat(read.type()).isEqualTo("Incident"); // each page has a bound of its own
                    case "get", "count", "podPage", "version", "eventsAbout", "log" -> {}
                    case "begin" -> {} // what it begins is a read of its own
                    default -> throw new AssertionError("a read that nobody has looked at: " + read);
                }
            }
        }

        listed.remove(""); // of a type that is known by its name: VerticalPodAutoscalers, Rollouts and Revisions
        assertThat(LISTED_WHOLE).containsAll(listed);
        assertThat(looks).isGreaterThan(300);
        assertThat(scenarios).isGreaterThan(200);
    }

    /** The first event makes the change, the second one looks whether it helps. */
    @Test
    void of_a_rollout_of_thousands_some_are_looked_at() {
        var scenario = Scenario.named("rollback-image-typo");
        var clock = Clock.fixed(scenario.time(), ZoneOffset.UTC);
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var all = 3_000;
        copies((InMemoryCluster) loaded.inspector(), scenario.namespace(), all);
        var counting = new CountingReader();
        var endpoint = ScenarioRun.endpoint(counting.around(loaded.ports()), clock, "test");

        assertThat(endpoint.answer(loaded.event()).status()).isEqualTo(202);
        var first = podsShown(counting);
        assertThat(endpoint.answer(loaded.event()).status()).isEqualTo(202);

        assertThat(first).isBetween(2_000L, 7_000L);
        assertThat(podsShown(counting) - first).isLessThanOrEqualTo(2_000L);
    }

    private static long podsShown(CountingReader counting) {
        return counting.reads().stream()
                .filter(read -> read.type().equals("Pod"))
                .mapToLong(read -> read.shown().get())
                .sum();
    }

    /** Of the pod that fails. */
    private static void copies(InMemoryCluster cluster, String namespace, int number) {
        var failing = cluster.get(Pod.class, namespace, "web-bbb-x1").orElseThrow();
        for (int i = 0; i < number; i++) {
            var copy = KubernetesJson.parse(KubernetesJson.json(failing), Pod.class);
            copy.getMetadata().setName("web-bbb-c" + i);
            copy.getMetadata().setUid("copy-" + i);
            cluster.load(copy);
        }
    }

    private static void run(Scenario scenario, CountingReader counting) {
        TestCluster cluster = (asked, clock) -> {
            var loaded = new InMemoryTestCluster().load(asked, clock);
            return new TestCluster.Loaded(
                    counting.around(loaded.ports()), loaded.event(), loaded.inspector(), loaded.stage());
        };
        var unused = ScenarioRun.of(scenario, cluster);
    }
}
