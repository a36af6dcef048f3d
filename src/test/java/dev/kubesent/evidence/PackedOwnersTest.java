package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.OwnerChain.Known;
import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What has waited is judged by what was read, to the letter. */
class PackedOwnersTest {

    @TestFactory
    Stream<DynamicTest> what_comes_out_is_what_was_put_in_and_is_not_read_again() {
        var scenarios = Stream.of(
                        "crash-of-a-first-release",
                        "oom-deployment",
                        "rollback-statefulset-on-delete",
                        "crash-the-replicaset-is-gone",
                        "oom-suggest-only")
                .map(Scenario::named)
                .toList();
        assertThat(scenarios).hasSizeGreaterThanOrEqualTo(5);
        return scenarios.stream().map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> isTheSame(scenario)));
    }

    private static void isTheSame(Scenario scenario) {
        var loaded = new InMemoryTestCluster().load(scenario, new MovingClock(scenario.time()));
        var counting = new CountingReader();
        var reader = new OwnerReader(counting.around(loaded.ports()).reader());
        for (var pod : loaded.inspector().list(Pod.class, scenario.namespace())) {
            var owners = new PodOwners(reader, pod);
            var chain = owners.chain();
            var reads = counting.reads().size();

            var unpacked = owners.packed().unpacked();

            assertThat(KubernetesJson.tree(unpacked.pod())).isEqualTo(KubernetesJson.tree(pod));
            assertThat(told(unpacked.chain())).isEqualTo(told(chain));
            assertThat(unpacked.workload()).isEqualTo(owners.workload());
            assertThat(counting.reads()).hasSize(reads);
        }
    }

    private static String told(Reading<OwnerChain> chain) {
        return chain.present().orElseThrow().links().stream()
                .map(link ->
                        link instanceof Known known ? KubernetesJson.tree(known.object()) + "" + known.ref() : link)
                .toList()
                .toString();
    }
}
