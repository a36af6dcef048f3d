package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.FaultyWay;
import dev.kubesent.testing.FaultyWay.Fault;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The API server, or the way to it, fails at one call, whichever: later sweeps end healed, as without the fault, and nothing
 * is left half done.
 * By night: in memory FaultTest has each fault at each call.
 */
@EnabledIfEnvironmentVariable(named = "KUBESENT_NIGHTLY", matches = "true")
@OnTheApiServer
class FaultyWayApiServerTest {

    private static final int CLIENT_WAITS_MILLIS = 400;

    /** What is around a pod is told to a person, and decides nothing: that it could not be read keeps nothing from being healed. */
    private static final Pattern NO_MATTER =
            Pattern.compile(" *- \"(?:ROLLOUT|USAGE): (?:[^\"\\\\]|\\\\.)*+\"\n", Pattern.DOTALL);

    /** Every fault at every call. Else two at every call, and the others at one call in eight each, in turn. */
    private static final boolean NIGHTLY = "true".equals(System.getenv("KUBESENT_NIGHTLY"));

    private static final Set<Fault> ALWAYS = EnumSet.of(Fault.BROKEN, Fault.CUT_AFTER);

    @TestFactory
    Stream<DynamicTest> whatever_call_fails_the_end_is_the_same() {
        // The same calls lead up to either act; what a fault means for one was seen with the other.
        var faults = Map.of(
                "oom-bare-pod-down", EnumSet.complementOf(EnumSet.of(Fault.NONE)),
                "oom-deployment", EnumSet.of(Fault.BROKEN, Fault.CUT_AFTER));
        return faults.keySet().stream().sorted().flatMap(name -> {
            var whole = new Run(name, 0, Fault.NONE);
            var points = new ArrayList<DynamicTest>();
            for (int call = 1; call <= whole.calls; call++) {
                for (var fault : faults.get(name)) {
                    var number = call;
                    if (!NIGHTLY && !ALWAYS.contains(fault) && (call + fault.ordinal()) % 8 != 0) {
                        continue;
                    }
                    points.add(DynamicTest.dynamicTest(
                            "%s, %s at call %d".formatted(name, fault, call),
                            () -> assertThat(new Run(name, number, fault).end).isEqualTo(whole.end)));
                }
            }
            assertThat(points).hasSizeGreaterThan(NIGHTLY ? 30 : 20);
            return points.stream();
        });
    }

    private static final class Run {

        private final int calls;
        private final String end;

        Run(String name, int at, Fault fault) {
            var scenario = Scenario.named(name)
                    .suffixed("faulty-" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + at);
            var clock = new MovingClock(scenario.time());
            var loaded = new ApiServerTestCluster().load(scenario, clock);
            try (var way = new FaultyWay(ApiServer.required().kubesent(), at, fault);
                    var client = client(way)) {
                var _ = ScenarioRun.endpoint(ApiServerTestCluster.through(client, scenario, loaded), clock, "one")
                        .answer(loaded.event());
                calls = way.calls();
            }
            // A Waiting act keeps its lease, one that was never released runs out; then it is judged again.
            for (int sweep = 0; sweep < 2; sweep++) {
                clock.forward(Duration.ofMinutes(3));
                var _ = ScenarioRun.sweep(loaded.ports(), clock, "later-" + sweep)
                        .run();
            }
            end = NO_MATTER
                    .matcher(ScenarioRun.end(loaded.inspector(), scenario.namespace()))
                    .replaceAll("")
                    .replace(scenario.namespace(), "NAMESPACE");
        }

        private static KubernetesClient client(FaultyWay way) {
            return new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder()
                            .withMasterUrl(way.url())
                            .withRequestRetryBackoffLimit(0)
                            .withRequestTimeout(CLIENT_WAITS_MILLIS)
                            .build())
                    .withKubernetesSerialization(KubernetesJson.serialization())
                    .build();
        }
    }
}
