package dev.kubesent.gate.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.change.RevisionRef;
import dev.kubesent.change.TemplateEdit;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
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
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate does not rely on a model's patch having been read strictly: it holds for whatever thought of the probe. */
class ProbeAsksThePodTest {

    private static final Diagnosis ANY = new Diagnosis(Cause.UNKNOWN, 0, "", List.of(), new Action.None(""), "a test");

    /** Of its workload, whose liveness probe gets /healthz of 8080. */
    private static final String SCENARIO = "probe-wrong-path-where-allowed";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        probe         | {exec: {command: [ls]}}                                      | exec of a probe, where command is not allowed
        probe,env     | {exec: {command: [ls]}}                                      | exec of a probe, where command is not allowed
        probe,command | {exec: {command: [ls]}}                                      |
        probe,command | {httpGet: {port: 80, host: 169.254.169.254}}                 | a host or headers in httpGet of a probe
        probe,command | {httpGet: {port: 80, httpHeaders: [{name: a, value: b}]}}    | a host or headers in httpGet of a probe
        probe,command | {tcpSocket: {port: 80, host: 10.0.0.1}}                      | a host or headers in tcpSocket of a probe
        probe         | {tcpSocket: {port: 80}}                                      |
        probe         | {httpGet: {port: 80, path: /}}                               |
        """)
    void a_new_probe_asks_the_pod(String allowed, String probe, String why) {
        assertThat(refused("", allowed, probe)).isEqualTo(why == null ? List.of() : List.of(why));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {httpGet: {port: 80, host: a.example}} | {httpGet: {port: 80, host: a.example}, failureThreshold: 30} | 0
        {exec: {command: [ls]}}                | {exec: {command: [ls]}, failureThreshold: 30}                | 0
        {exec: {command: [ls]}}                | {exec: {command: [ls, /]}}                                   | 1
        """)
    void what_a_probe_of_the_workload_asks_another_may_ask(String asked, String probe, int refusals) {
        assertThat(refused(asked, "probe", probe)).hasSize(refusals);
    }

    private static List<String> refused(String asked, String allowed, String probe) {
        var judged = new Case(
                evidence(asked, allowed),
                ANY,
                new Plan.Planned(edit(flow(probe))),
                ScenarioRun.defaultPolicies().gate());
        return new ProbeAsksThePod()
                .whyNot(judged).map(Refusal::detail).stream().toList();
    }

    private static Evidence evidence(String asked, String allowed) {
        var scenario = Scenario.named(SCENARIO);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var web = loaded.inspector().list(Deployment.class, SCENARIO).getFirst();
        web.getMetadata().getAnnotations().put("kubesent.dev/allow", allowed);
        if (!asked.isEmpty()) {
            web.getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .setReadinessProbe(KubernetesJson.as(flow(asked), Probe.class));
        }
        loaded.stage().remove("Deployment/web");
        loaded.stage().put(KubernetesJson.yaml(web));
        var pod = loaded.inspector().list(Pod.class, SCENARIO).getFirst();
        var failure = Failures.of(pod, clock.instant()).getFirst();
        var incident = KubernetesJson.parse("metadata: {name: any}", Incident.class);
        var reader = new EvidenceReader(
                loaded.ports().reader(),
                ImageRegistry.none(),
                Reach.OWN_NAMESPACE,
                name -> loaded.ports().reader().get(Namespace.class, "", name),
                clock);
        return reader.forChange(reader.live(failure, pod, incident), incident);
    }

    private static JsonNode flow(String yaml) {
        return KubernetesJson.parse("probe: " + yaml, JsonNode.class).path("probe");
    }

    private static TemplateEdit edit(JsonNode probe) {
        return new TemplateEdit(
                new ObjectRef("apps/v1", "Deployment", SCENARIO, "web", "u"),
                Permission.PROBE,
                FailureKind.CrashLoopBackOff,
                "app",
                new RevisionRef("web-b", "b", 2),
                "startupProbe",
                "",
                "another",
                List.of(new PatchOperation.Put("/spec/template/spec/containers/0/startupProbe", probe)),
                List.of(),
                "f");
    }
}
