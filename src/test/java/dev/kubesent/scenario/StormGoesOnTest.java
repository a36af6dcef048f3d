package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.Request;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.IncidentStatus;
import dev.kubesent.incident.Phase;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In a storm no change is judged that the gate would not let through: of what fails, only the storm is said for a while. */
class StormGoesOnTest {

    private static final String NAMESPACE = "storm-two-of-twelve-is-none";

    private final Scenario scenario = Scenario.named(NAMESPACE);
    private final MovingClock clock = new MovingClock(scenario.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(scenario, clock);
    private final EventEndpoint endpoint = ScenarioRun.endpoint(loaded.ports(), clock, "test");

    @Test
    void what_fails_in_a_storm_that_was_just_seen_is_held_back_without_another_judgement() {
        var later = later();
        fails();
        var _ = endpoint.answer(loaded.event());

        var _ = endpoint.answer(later);

        assertThat(incident("web-oom").phase()).isEqualTo(Phase.Proposed);
        assertThat(incident("api-oom").phase()).isEqualTo(Phase.Proposed);
        assertThat(reasons("api-oom")).singleElement().asString().startsWith(RefusalReason.STORM_IN_NAMESPACE.name());
    }

    @Test
    void half_a_minute_later_it_is_judged_in_full_again() {
        var later = later();
        fails();
        var _ = endpoint.answer(loaded.event());
        clock.forward(Duration.ofSeconds(31));

        var _ = endpoint.answer(later);

        assertThat(reasons("api-oom")).hasSizeGreaterThan(1);
        assertThat(incident("api-oom").phase()).isEqualTo(Phase.Refused);
    }

    @Test
    void a_storm_in_one_namespace_is_remembered_for_no_other() {
        var _ = endpoint.answer(later()); // no storm: judged in full

        assertThat(reasons("api-oom")).singleElement().asString().startsWith(RefusalReason.OPTED_OUT.name());
    }

    /** Another workload, which is not to be healed: a judgement in full says so. */
    private Request later() {
        Stream.of(Deployment.class, ReplicaSet.class, Pod.class)
                .flatMap(kind -> loaded.inspector().list(kind, NAMESPACE).stream())
                .filter(object -> object.getMetadata().getName().startsWith("web-oom"))
                .map(object -> optedOut(KubernetesJson.json(object)))
                .forEach(loaded.stage()::put);
        return EventPod.update(loaded.inspector().list(Pod.class, NAMESPACE).stream()
                .filter(pod -> pod.getMetadata().getName().startsWith("api-oom"))
                .findFirst()
                .orElseThrow());
    }

    private static String optedOut(String json) {
        var copy = json.replace("web-oom", "api-oom")
                .replace("\"0d3ad7a9", "\"00000001")
                .replace("\"b66cee53", "\"00000002")
                .replace("\"6cf08ca3", "\"00000003");
        return copy.contains("\"kind\":\"Deployment\"")
                ? copy.replaceFirst(
                        "\"metadata\":\\{", "\"metadata\":{\"labels\":{\"kubesent.dev/heal\":\"disabled\"},")
                : copy;
    }

    private IncidentStatus incident(String workload) {
        return loaded.inspector().list(Incident.class, NAMESPACE).stream()
                .filter(incident -> incident.getSpec().ownerName().startsWith(workload))
                .findFirst()
                .orElseThrow()
                .progress();
    }

    private List<String> reasons(String workload) {
        return Objects.requireNonNull(incident(workload).verdict()).reasons();
    }

    private void fails() {
        for (int i = 0; i < 11; i++) {
            loaded.stage().put("""
                apiVersion: kubesent.dev/v1alpha1
                kind: Incident
                metadata: {name: looping-%1$d, namespace: %2$s}
                spec: {ownerKind: Pod, ownerName: looping-%1$d, revision: r, container: app, failure: CrashLoopBackOff}
                status:
                  phase: Refused
                  workload: Pod/looping-%1$d
                  seen: {first: '%3$s', last: '%3$s', times: 1, pod: looping-%1$d, restarts: 3}
                """.formatted(i, NAMESPACE, clock.instant()));
        }
    }
}
