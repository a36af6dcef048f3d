package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.testing.Copies;
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

        assertThat(incident("web-oom").phase()).isEqualTo(Phase.Waiting);
        assertThat(incident("api-oom").phase()).isEqualTo(Phase.Waiting);
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

    @Test
    void a_change_that_did_not_help_is_taken_back_in_a_storm_as_well() {
        var raised = Scenario.named("verify-a-deployment-is-raised-twice-then-taken-back");
        var time = new MovingClock(raised.time());
        var cluster = new InMemoryTestCluster().load(raised, time);
        var own = ScenarioRun.endpoint(cluster.ports(), time, "test");
        var other = copy(cluster, raised.namespace());
        var _ = own.answer(cluster.event());
        assertThat(incident(cluster, raised.namespace(), "web-oom").phase()).isEqualTo(Phase.Verifying);
        optOut(cluster, raised.namespace(), "web-oom");
        var step = raised.steps().getFirst();
        ScenarioRun.setTheStage(step, cluster, time);
        Copies.looping(cluster, raised.namespace(), 11, time.instant());
        var _ = own.answer(other);
        assertThat(incident(cluster, raised.namespace(), "api-oom").phase()).isEqualTo(Phase.Waiting);

        var _ = own.answer(EventPod.update(cluster.inspector()
                .get(Pod.class, raised.namespace(), step.subject())
                .orElseThrow()));

        assertThat(incident(cluster, raised.namespace(), "web-oom").phase()).isEqualTo(Phase.Undoing);
    }

    /** Another workload, which is not to be healed: a judgement in full says so. */
    private Request later() {
        var event = copy(loaded, NAMESPACE);
        optOut(loaded, NAMESPACE, "api-oom");
        return event;
    }

    /** Another workload that fails in the same way. */
    private static Request copy(TestCluster.Loaded cluster, String namespace) {
        Stream.of(Deployment.class, ReplicaSet.class, Pod.class)
                .flatMap(kind -> cluster.inspector().list(kind, namespace).stream())
                .filter(object -> object.getMetadata().getName().startsWith("web-oom"))
                .map(object -> KubernetesJson.json(object)
                        .replace("web-oom", "api-oom")
                        .replace("\"0d3ad7a9", "\"00000001")
                        .replace("\"b66cee53", "\"00000002")
                        .replace("\"6cf08ca3", "\"00000003"))
                .forEach(cluster.stage()::put);
        return EventPod.update(cluster.inspector().list(Pod.class, namespace).stream()
                .filter(pod -> pod.getMetadata().getName().startsWith("api-oom"))
                .findFirst()
                .orElseThrow());
    }

    private static void optOut(TestCluster.Loaded cluster, String namespace, String deployment) {
        cluster.stage().put("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s, namespace: %s, annotations: {kubesent.dev/heal: disabled}}
            """.formatted(deployment, namespace));
    }

    private IncidentStatus incident(String workload) {
        return incident(loaded, NAMESPACE, workload);
    }

    private static IncidentStatus incident(TestCluster.Loaded cluster, String namespace, String workload) {
        return cluster.inspector().list(Incident.class, namespace).stream()
                .filter(incident -> incident.getSpec().ownerName().startsWith(workload))
                .findFirst()
                .orElseThrow()
                .progress();
    }

    private List<String> reasons(String workload) {
        return Objects.requireNonNull(incident(workload).verdict()).reasons();
    }

    private void fails() {
        Copies.looping(loaded, NAMESPACE, 11, clock.instant());
    }
}
