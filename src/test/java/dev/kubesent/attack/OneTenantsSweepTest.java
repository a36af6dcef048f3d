package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.Phase;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Finding 6b of shared/reviews/security.md: a namespace of enormous pods cut each sweep short, for all that came after it. */
class OneTenantsSweepTest {

    private static final String NAMESPACE = "storm-two-of-twelve-is-none";

    private final Scenario scenario = Scenario.named(NAMESPACE);
    private final MovingClock clock = new MovingClock(scenario.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(scenario, clock);

    @Test
    void a_namespace_that_gives_no_answer_ends_its_own_look_and_no_others() {
        optIn("aaa-big");
        optIn("zzz-big");
        oldIncident();

        var swept = ScenarioRun.sweep(
                        with(namespace -> {
                            if (namespace.endsWith("-big")) {
                                throw new ClusterException(Kind.UNREACHABLE, "TimeoutException");
                            }
                            return namespace;
                        }),
                        clock,
                        "sweep")
                .run();

        assertThat(swept.failing()).isEqualTo(1);
        assertThat(swept.deleted()).isEqualTo(1);
        assertThat(healed()).isTrue();
    }

    @Test
    void a_namespace_that_takes_for_ever_has_its_share_and_no_more() {
        optIn("aaa-big");
        oldIncident();
        var sweep = ScenarioRun.sweep(
                with(namespace -> {
                    if (namespace.equals("aaa-big")) {
                        clock.forward(Duration.ofSeconds(10));
                        return NAMESPACE; // page after page, and each is slow
                    }
                    return namespace;
                }),
                clock,
                "sweep");

        var swept = sweep.run();

        assertThat(swept.deleted()).isEqualTo(1);
        assertThat(healed()).isTrue();
    }

    @Test
    void a_sweep_that_takes_too_long_ends_and_the_next_begins_with_another_namespace() {
        for (var name : List.of("a", "b", "c", "d")) {
            optIn(name);
        }
        var begun = new ArrayList<String>();
        var sweep = ScenarioRun.sweep(
                with(namespace -> {
                    begun.add(namespace);
                    clock.forward(Duration.ofMinutes(5));
                    return namespace;
                }),
                clock,
                "sweep");

        for (int i = 0; i < 5; i++) {
            var _ = sweep.run();
        }

        assertThat(begun).containsExactlyInAnyOrder("a", "b", "c", "d", NAMESPACE);
    }

    private boolean healed() {
        return loaded.inspector().list(Incident.class, NAMESPACE).stream()
                .anyMatch(incident -> incident.progress().phase() == Phase.Verifying);
    }

    /** @param pages is told the namespace of each page of pods before it is read, and says of which it is */
    private Ports with(UnaryOperator<String> pages) {
        var ports = loaded.ports();
        var reader = (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    if (method.getName().equals("podPage") && !arguments[0].equals("")) {
                        arguments[0] = pages.apply((String) arguments[0]);
                    }
                    try {
                        return method.invoke(ports.reader(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Ports(reader, ports.dryRun(), ports.records(), ports.writer(), ports.pause());
    }

    private void optIn(String namespace) {
        loaded.stage().put("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: %s, labels: {kubesent.dev/heal: enabled}}
            """.formatted(namespace));
    }

    private void oldIncident() {
        loaded.stage().put("""
            apiVersion: kubesent.dev/v1alpha1
            kind: Incident
            metadata: {name: old, namespace: somewhere}
            spec: {ownerKind: Pod, ownerName: old, revision: r, container: app, failure: CrashLoopBackOff}
            status:
              phase: Healed
              workload: Pod/old
              seen: {first: '2026-01-01T00:00:00Z', last: '2026-01-01T00:00:00Z', times: 1, pod: old, restarts: 3}
            """);
    }
}
