package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.testing.Copies;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finding 6a of shared/reviews/security.md: eleven crash-looping bare pods in one namespace stopped the healing in all others. */
class OneTenantsStormTest {

    private static final String NAMESPACE = "storm-two-of-twelve-is-none";

    private final Scenario scenario = Scenario.named(NAMESPACE);
    private final MovingClock clock = new MovingClock(scenario.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(scenario, clock);

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
        eleven pods of one tenant stop nobody else,                    11, 0,  0,  0,  Verifying
        hundreds of one tenant neither,                                300, 0, 0,  0,  Verifying
        nor many of two,                                               60, 60, 0,  0,  Verifying
        a few in three namespaces are a storm of the cluster,          4,  4,  4,  0,  Waiting
        also where one of these has hundreds,                          300, 4, 4,  0,  Waiting
        eleven in the namespace at hand are one of this namespace,     0,  0,  0,  11, Waiting
        """)
    @DisplayName("failing pods of")
    void what_fails_elsewhere_stops_the_healing_only_where_it_is_no_tenants_own(
            String what, int first, int second, int third, int own, Phase phase) {
        var failing = Map.of("aaa", first, "bbb", second, "zzz", third, NAMESPACE, own);
        failing.forEach(this::fail);

        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "test").answer(loaded.event());

        assertThat(incident().phase()).isEqualTo(phase);
    }

    @Test
    void the_storm_of_one_namespace_is_written_down_for_it_alone() {
        fail(NAMESPACE, 11);

        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "test").answer(loaded.event());

        var record = loaded.inspector()
                .get(ConfigMap.class, "kubesent", "kubesent-storm")
                .orElseThrow();
        assertThat(record.getData()).containsOnlyKeys("since." + NAMESPACE, "last." + NAMESPACE, "what." + NAMESPACE);
    }

    @Test
    void a_storm_that_passed_in_another_namespace_holds_nobody_back() {
        loaded.stage().put("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: kubesent-storm, namespace: kubesent}
            data: {last.aaa: '%s'}
            """.formatted(clock.instant()));

        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "test").answer(loaded.event());

        assertThat(incident().phase()).isEqualTo(Phase.Verifying);
    }

    private IncidentStatus incident() {
        return loaded.inspector().list(Incident.class, NAMESPACE).stream()
                .filter(incident -> incident.getSpec().ownerName().startsWith("web-oom"))
                .findFirst()
                .orElseThrow()
                .progress();
    }

    private void fail(String namespace, int pods) {
        Copies.looping(loaded, namespace, pods, clock.instant());
    }
}
