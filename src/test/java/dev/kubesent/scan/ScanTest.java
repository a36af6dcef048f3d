package dev.kubesent.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ScanTest {

    /** What a scan does not know: a cluster's own signatures, what KubeSent did before, and which of several pods printed the telling line. */
    private static final Set<String> KNOWS_LESS = Set.of(
            "crash-that-only-the-users-signature-knows",
            "crash-with-a-malformed-signature-beside-a-good-one",
            "oom-a-leak-not-a-limit",
            "restart-not-where-its-siblings-fail-too",
            "restart-where-all-of-one-node-fail");

    /** A scan says of every scenario's pod what the incident says. */
    @TestFactory
    Stream<DynamicTest> a_scan_finds_what_an_event_would_open() {
        var scenarios = Scenario.all()
                .filter(scenario -> !KNOWS_LESS.contains(scenario.name()))
                .toList();
        assertThat(scenarios).hasSizeGreaterThan(340);
        return scenarios.stream()
                .map(scenario -> dynamicTest(scenario.name(), () -> {
                    var clock = new MovingClock(scenario.time());
                    var scanned = scanned(scenario, clock);
                    var incidents = incidents(scenario, clock);
                    assertThat(scanned.stream()
                                    .map(found -> found.container() + " " + found.failure() + " " + found.cause())
                                    .collect(Collectors.toSet()))
                            .containsAll(incidents);
                }));
    }

    private static List<Found> scanned(Scenario scenario, MovingClock clock) {
        var reader = new InMemoryTestCluster().load(scenario, clock).ports().reader();
        return new Scan(reader, new Diagnoser(reader, Optional.empty(), clock), clock.instant(), _ -> {})
                .of(scenario.namespace(), Optional.empty())
                .found();
    }

    private static List<String> incidents(Scenario scenario, MovingClock clock) {
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var before = loaded.inspector().list(Incident.class, scenario.namespace()).stream()
                .map(incident -> incident.getMetadata().getName())
                .toList();
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "test").answer(loaded.event());
        return loaded.inspector().list(Incident.class, scenario.namespace()).stream()
                .filter(incident -> !before.contains(incident.getMetadata().getName()))
                .filter(incident -> incident.progress().diagnosis() != null)
                .map(incident -> incident.getSpec().container() + " "
                        + incident.getSpec().failure() + " "
                        + incident.progress().diagnosis().cause())
                .toList();
    }
}
