package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.Namespace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Finding 1: whoever can send an event could have a pod of any namespace looked at. Nothing is read where nobody opted in. */
class NotOptedInTest {

    private static final String NAMESPACE = "oom-namespace-not-opted-in";

    private final Scenario scenario = Scenario.named(NAMESPACE);
    private final MovingClock clock = new MovingClock(scenario.time());
    private final List<String> reads = new ArrayList<>();

    @Test
    void of_a_namespace_that_did_not_opt_in_its_label_is_read_and_nothing_else() {
        var loaded = new InMemoryTestCluster().load(scenario, clock);

        assertThat(answer(loaded.ports(), loaded.event(), Function.identity())).isEqualTo(204);

        assertThat(reads)
                .contains("get Namespace")
                .allMatch(read -> read.matches("get Namespace|(page|first) Incident"));
    }

    @Test
    void a_thousand_events_of_a_namespace_read_its_label_once_in_ten_seconds() {
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var endpoint = ScenarioRun.endpoint(recorded(loaded.ports(), Function.identity()), clock, "one");

        for (int i = 0; i < 1000; i++) {
            endpoint.answer(loaded.event());
        }
        assertThat(reads).filteredOn("get Namespace"::equals).hasSize(1);

        clock.forward(Duration.ofSeconds(10));
        endpoint.answer(loaded.event());
        assertThat(reads).filteredOn("get Namespace"::equals).hasSize(2);
    }

    @Test
    void the_gate_reads_the_label_anew_and_believes_no_memory() {
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var first = new ArrayList<>(List.of("opted in"));

        var status = answer(loaded.ports(), loaded.event(), namespace -> {
            if (!first.isEmpty()) {
                first.clear();
                namespace.getMetadata().setLabels(Map.of("kubesent.dev/heal", "enabled"));
            }
            return namespace;
        });

        assertThat(status).isEqualTo(202);
        assertThat(ScenarioRun.end(loaded.inspector(), NAMESPACE))
                .contains("phase: \"Refused\"", "NAMESPACE_NOT_OPTED_IN: kubectl label namespace " + NAMESPACE)
                .contains("Deployment/web-oom: \"app 32Mi\"");
    }

    private int answer(Ports ports, Request event, Function<Namespace, Namespace> seen) {
        return ScenarioRun.endpoint(recorded(ports, seen), clock, "one")
                .answer(event)
                .status();
    }

    private Ports recorded(Ports ports, Function<Namespace, Namespace> seen) {
        var reader = (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    reads.add(method.getName() + " "
                            + Arrays.stream(arguments)
                                    .filter(Class.class::isInstance)
                                    .map(type -> ((Class<?>) type).getSimpleName())
                                    .findFirst()
                                    .orElse("?"));
                    try {
                        var found = method.invoke(ports.reader(), arguments);
                        return found instanceof Optional<?> one && one.orElse(null) instanceof Namespace namespace
                                ? Optional.of(seen.apply(namespace))
                                : found;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Ports(reader, ports.dryRun(), ports.records(), ports.writer(), ports.pause());
    }
}
