package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.incident.Schema;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A right that nothing uses is one too many. That none is missing is what all other tests on a real API server show. */
@OnTheApiServer
class RightsApiServerTest {

    /** One for each kind of thing that is read or written, and no more. */
    private static final List<String> SCENARIOS = List.of(
            "oom-bare-pod-down",
            "oom-bare-pod-running-again",
            "verify-a-deployment-survives",
            "oom-after-a-statefulset-rollout",
            "oom-daemonset",
            "oom-bare-replicaset",
            "oom-replication-controller",
            "verify-a-cronjob-whose-next-run-survives",
            "oom-cronjob-whose-run-is-made-up-for",
            "oom-job-suspended-and-resumed",
            "ksvc-next-revision-lives",
            "ksvc-traffic-goes-to-the-last-revision-that-is-ready",
            "crash-with-a-telling-line",
            "restart-one-of-three-where-allowed",
            "storm-more-than-ten-workloads-fail",
            "storm-a-fifth-of-the-workloads-fails",
            "sweep-closes-what-is-gone-and-forgets-it",
            "sweep-closes-what-argo-rollouts-released-anew");

    /** {@code /api/v1/namespaces/NS/pods/NAME/log}, or a group's, or one without a namespace. */
    private static final Pattern PATH = Pattern.compile(
            "/(?:api|apis/([^/]+))/[^/]+(?:/namespaces/[^/]+(?=/))?/([a-z]+)(?:/([^/]+))?(?:/([a-z]+))?");

    private final Set<String> used = new ConcurrentSkipListSet<>();

    @Test
    void every_right_that_is_granted_is_used() throws IOException {
        for (var name : SCENARIOS) {
            run(name);
        }

        assertThat(granted()).hasSizeGreaterThan(30);
        assertThat(used).containsAll(granted());
    }

    private void run(String name) {
        var scenario = Scenario.named(name).suffixed("rights");
        var clock = new MovingClock(scenario.time());
        var loaded = new ApiServerTestCluster().load(scenario, clock);
        try (var client = recording()) {
            var ports = ApiServerTestCluster.through(client, scenario, loaded);
            var _ = ScenarioRun.endpoint(ports, clock, "one").answer(loaded.event());
            for (var step : scenario.steps()) {
                ScenarioRun.setTheStage(step, loaded, clock);
                var _ = ScenarioRun.sweep(ports, clock, "later").run();
            }
            whatNoScenarioDoes(client, scenario.namespace());
        } finally {
            loaded.stage().leave();
        }
    }

    /**
     * Logs are played in every test, and so is what they name; a storm that lasts for longer than a scenario is written down again. Readiness
     * reads the CRD.
     */
    private static void whatNoScenarioDoes(KubernetesClient client, String namespace) {
        var reads = new KubernetesReads(client);
        var _ = reads.log(new ContainerLog(namespace, "no-such-pod", "app", ContainerLog.Run.PREVIOUS, 50));
        reads.get(Service.class, namespace, "named-in-a-log");
        assertThat(reads.get(Schema.CRD)).isPresent();
        reads.list(EndpointSlice.class, namespace);
        var _ = reads.get(ValidatingAdmissionPolicyBinding.class, "", "kubesent-account"); // function.SecondGate
        var _ = reads.get(ValidatingAdmissionPolicy.class, "", "kubesent-account");
        reads.get(ConfigMap.class, "kubesent", "kubesent-storm").ifPresent(new KubernetesWrites(client)::replace);
    }

    private KubernetesClient recording() {
        var config = ApiServer.required().kubesent().getConfiguration();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(KubernetesJson.serialization())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("uses", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest sent, RequestTags tags) {
                        note(sent.method(), sent.uri().getPath());
                    }
                }))
                .build();
    }

    private void note(String method, String path) {
        var found = PATH.matcher(path);
        if (!found.matches()) {
            return;
        }
        var group = found.group(1) == null ? "" : found.group(1);
        var resource = found.group(4) == null ? found.group(2) : found.group(2) + "/" + found.group(4);
        var verb = switch (method) {
            case "GET" -> found.group(3) == null ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> method;
        };
        used.add(group + " " + resource + " " + verb);
    }

    private static Set<String> granted() throws IOException {
        var granted = new TreeSet<String>();
        for (var file : List.of("210-reader.yaml", "220-healer.yaml", "230-own-namespace.yaml")) {
            for (var document : Files.readString(Path.of("knative/base", file)).split("(?m)^---$")) {
                if (document.contains("rules:")) {
                    for (var rule :
                            KubernetesJson.parse(document, JsonNode.class).path("rules")) {
                        rule.path("apiGroups")
                                .forEach(group -> rule.path("resources")
                                        .forEach(resource -> rule.path("verbs")
                                                .forEach(verb -> granted.add(group.asText() + " " + resource.asText()
                                                        + " " + verb.asText()))));
                    }
                }
            }
        }
        return granted;
    }
}
