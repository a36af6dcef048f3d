package dev.kubesent.gate.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.action.Action;
import dev.kubesent.action.RollBack;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.evidence.ImageRegistry;
import dev.kubesent.evidence.Reach;
import dev.kubesent.failure.Failures;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.cures.Acts;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a rule or a model makes of a pod that is over, never ready or initializing: the gate finds no evidence for any act but one. */
class WholePodActsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evicted-pods-of-one-release-are-one-incident",
                "rejected-for-a-device-that-is-not-there",
                "never-ready-release-that-still-has-its-time",
                "never-ready-beside-a-ready-one-stands-by",
                "init-container-that-waits-for-ever"
            })
    void nothing_is_supported(String scenario) {
        assertThat(supported(scenario)).isEmpty();
    }

    @Test
    void a_release_that_its_deployment_has_given_up_goes_back() {
        assertThat(supported("never-ready-release-goes-back")).isNotEmpty().allMatch(RollBack.class::isInstance);
    }

    /** Of every act with every cause. */
    private static List<Action> supported(String scenario) {
        var evidence = evidence(scenario);
        var supported = new ArrayList<Action>();
        for (var act : Acts.EACH.stream().map(Acts::sample).toList()) {
            for (var cause : Cause.values()) {
                var diagnosis = new Diagnosis(cause, 95, "", List.of(), act, "a test");
                var judged = new Case(
                        evidence,
                        diagnosis,
                        new Plan.Nothing(new Refusal(RefusalReason.NO_REMEDY_FITS, "of no matter here")),
                        ScenarioRun.defaultPolicies().gate());
                if (new EvidenceSupports().whyNot(judged).isEmpty()) {
                    supported.add(act);
                }
            }
        }
        assertThat(Arrays.asList(Cause.values())).hasSizeGreaterThan(80);
        return supported;
    }

    private static Evidence evidence(String name) {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var reader = new InMemoryTestCluster().load(scenario, clock).ports().reader();
        var pod = reader.list(Pod.class, scenario.namespace()).stream()
                .filter(one -> !Failures.all(one, clock.instant()).isEmpty())
                .findFirst()
                .orElseThrow();
        var incident = KubernetesJson.parse("metadata: {name: any}", Incident.class);
        var evidence = new EvidenceReader(
                reader, ImageRegistry.none(), Reach.OWN_NAMESPACE, one -> reader.get(Namespace.class, "", one), clock);
        return evidence.forChange(
                evidence.live(Failures.all(pod, clock.instant()).getFirst(), pod, incident), incident);
    }
}
