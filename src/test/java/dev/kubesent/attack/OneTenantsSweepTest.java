package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
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
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

    @Test
    void a_defect_of_ours_at_one_namespace_ends_no_others_look() {
        optIn("aaa-big");
        optIn("zzz-big");

        var swept = ScenarioRun.sweep(
                        with(namespace -> {
                            if (namespace.endsWith("-big")) {
                                throw new IllegalStateException("a defect");
                            }
                            return namespace;
                        }),
                        clock,
                        "sweep")
                .run();

        assertThat(swept.failing()).isEqualTo(1);
        assertThat(healed()).isTrue();
    }

    @Test
    void a_defect_of_ours_at_one_pod_ends_no_others_look() {
        loaded.stage().put("""
            apiVersion: v1
            kind: Pod
            metadata: {name: aaa-defect, namespace: %s, uid: aaa-defect}
            spec: {containers: [{name: app, image: a}]}
            status:
              phase: Running
              containerStatuses:
              - {name: app, restartCount: 5, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1}}}
            """.formatted(NAMESPACE));
        var ports = loaded.ports();
        var reader = failing(
                ports.reader(),
                arguments -> Arrays.asList(arguments).contains("aaa-defect"),
                () -> new IllegalStateException("a defect"));

        var swept = ScenarioRun.sweep(of(ports, reader), clock, "sweep").run();

        assertThat(swept.failing()).isEqualTo(2);
        assertThat(healed()).isTrue();
    }

    /** A thousand is what is read as a list. */
    @Test
    void thousands_of_namespaces_are_swept() {
        for (int i = 0; i < 1_200; i++) {
            optIn("a-" + i);
        }

        assertThat(ScenarioRun.sweep(loaded.ports(), clock, "sweep").run().failing())
                .isEqualTo(1);
        assertThat(healed()).isTrue();
    }

    @Test
    void pods_are_looked_at_where_the_unfinished_incidents_cannot_be_read() {
        var ports = loaded.ports();
        var reader = failing(
                ports.reader(),
                arguments -> Arrays.asList(arguments).contains(Incident.class) && arguments[1].equals(""),
                () -> new ClusterException(Kind.BROKEN, "not now"));

        assertThat(ScenarioRun.sweep(of(ports, reader), clock, "sweep").run().failing())
                .isEqualTo(1);
    }

    private static Ports of(Ports ports, ClusterReader reader) {
        return new Ports(reader, ports.dryRun(), ports.records(), ports.writer(), ports.pause());
    }

    private static ClusterReader failing(
            ClusterReader real, Predicate<Object[]> where, Supplier<RuntimeException> failure) {
        return (ClusterReader) Proxy.newProxyInstance(
                OneTenantsSweepTest.class.getClassLoader(),
                new Class<?>[] {ClusterReader.class},
                (_, method, arguments) -> {
                    if (arguments != null && where.test(arguments)) {
                        throw failure.get();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
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
