package dev.kubesent.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.Kubectl;
import dev.kubesent.testing.OnTheApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every manifest, as kubectl builds it from knative/ and its overlays, on a real API server with Knative's own CRDs. */
@OnTheApiServer
class ManifestsApiServerTest {

    private static final Path CRDS = Path.of("../shared/knative/crds.yaml");

    private static Kubectl kubectl;

    @TempDir
    private Path folder;

    @BeforeAll
    static void install() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(CRDS) || System.getenv("KNATIVE_CRDS") != null,
                "SKIPPED: no CRDs of Knative; set KNATIVE_CRDS to a file with those of Serving and Eventing");
        kubectl = Kubectl.required(ApiServer.required());
        var file = System.getenv().getOrDefault("KNATIVE_CRDS", CRDS.toString());
        succeeds("apply", "--server-side", "--force-conflicts", "-f", file);
        succeeds("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
        // A dry run does not make the namespace that the next object of the same run is in.
        succeeds("create", "namespace", "demo");
    }

    static Stream<String> kustomizations() throws IOException {
        try (var overlays = Files.list(Path.of("knative/overlays"))) {
            return Stream.concat(
                    Stream.of(
                            "knative",
                            "knative/cleanup/cronjob",
                            "knative/cleanup/indexed",
                            "knative/cleanup/pingsource"),
                    overlays.map(Path::toString).sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void the_server_takes_every_object_under_strict_validation(String kustomization) throws Exception {
        Assumptions.assumeTrue(
                !kustomization.endsWith("approver-names") || mutates(),
                "SKIPPED: the names of approvers are written from Kubernetes 1.36 on");
        var file = built(kustomization);

        var result = kubectl.run(
                "apply",
                "--server-side",
                "--force-conflicts",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                file.toString());

        assertThat(result.output()).doesNotContain("Warning", "error");
        assertThat(result.code()).isZero();
        assertThat(result.output().lines().count())
                .isEqualTo(objects(kustomization).size());
    }

    private static boolean mutates() throws Exception {
        return kubectl.run("api-resources", "--api-group=admissionregistration.k8s.io")
                .output()
                .lines()
                .anyMatch(line -> line.contains("mutatingadmissionpolicies")
                        && line.contains("admissionregistration.k8s.io/v1 "));
    }

    /** Where the restricted Pod Security Standard is asked for, only the hostPath, which is for trying, is said to be none. */
    @ParameterizedTest
    @CsvSource({"knative/cleanup/indexed, ''", "knative/cleanup/cronjob, hostPath"})
    void the_cleanup_keeps_to_the_restricted_standard(String kustomization, String but) throws Exception {
        kubectl.run("create", "namespace", "restricted");
        succeeds("label", "--overwrite", "namespace", "restricted", "pod-security.kubernetes.io/warn=restricted");

        var result = kubectl.run(
                "apply",
                "--dry-run=server",
                "-n",
                "restricted",
                "-f",
                built(kustomization).toString());

        var warnings = result.output()
                .lines()
                .filter(line -> line.startsWith("Warning"))
                .toList();
        assertThat(result.code()).as(result.output()).isZero();
        if (but.isEmpty()) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("restricted volume types")
                    .contains(but);
        }
        for (var object : objects(kustomization)) {
            assertThat(object.toString()).doesNotContain("\"automountServiceAccountToken\":true");
        }
        assertThat(objects(kustomization).toString()).contains("\"automountServiceAccountToken\":false");
    }

    /** Its CRD takes anything ("x-kubernetes-preserve-unknown-fields"), so a slip would show on a cluster only. */
    @Test
    void the_source_sends_whole_pods_and_incidents_of_the_namespaces_that_opted_in() throws Exception {
        var spec = only("knative", "ApiServerSource").path("spec");

        assertThat(fields(spec))
                .containsExactlyInAnyOrder("serviceAccountName", "mode", "resources", "namespaceSelector", "sink");
        assertThat(spec.path("mode").asText()).isEqualTo("Resource");
        assertThat(spec.path("serviceAccountName").asText()).isEqualTo("kubesent-source");
        assertThat(spec.path("resources").toString())
                .isEqualTo("[{\"apiVersion\":\"v1\",\"kind\":\"Pod\"},"
                        + "{\"apiVersion\":\"kubesent.dev/v1alpha1\",\"kind\":\"Incident\"}]");
        assertThat(spec.path("namespaceSelector").toString())
                .isEqualTo("{\"matchLabels\":{\"kubesent.dev/heal\":\"enabled\"}}");
        assertThat(spec.at("/sink/ref").toString())
                .isEqualTo("{\"apiVersion\":\"serving.knative.dev/v1\",\"kind\":\"Service\",\"name\":\"kubesent\","
                        + "\"namespace\":\"kubesent\"}");
    }

    /** What it leaves out is by a label of the pod: its own pods make events each time it wakes. */
    @Test
    void cluster_wide_the_source_has_one_watch_of_each_kind_and_not_its_own_pods() throws Exception {
        var spec = only("knative/overlays/cluster-wide", "ApiServerSource").path("spec");

        assertThat(spec.path("namespaceSelector").toString()).isEqualTo("{}");
        assertThat(spec.path("resources").toString())
                .isEqualTo("[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"selector\":{\"matchExpressions\":"
                        + "[{\"key\":\"kubesent.dev/own\",\"operator\":\"DoesNotExist\"}]}},"
                        + "{\"apiVersion\":\"kubesent.dev/v1alpha1\",\"kind\":\"Incident\"}]");
        assertThat(only("knative/overlays/cluster-wide", "Service")
                        .at("/spec/template/metadata/labels")
                        .has("kubesent.dev/own"))
                .isTrue();
    }

    @Test
    void its_own_namespace_is_not_one_that_it_watches() throws Exception {
        assertThat(only("knative", "Namespace").at("/metadata/labels").has("kubesent.dev/heal"))
                .isFalse();
    }

    @Test
    void with_the_broker_the_source_sends_there_and_the_answer_to_a_sweep_does_not() throws Exception {
        assertThat(only("knative/overlays/broker", "ApiServerSource")
                        .at("/spec/sink/ref/kind")
                        .asText())
                .isEqualTo("Broker");
        assertThat(only("knative/overlays/broker", "PingSource")
                        .at("/spec/sink/ref/kind")
                        .asText())
                .isEqualTo("Service");
    }

    @Test
    void the_overlays_set_what_their_names_say() throws Exception {
        assertThat(env("knative/overlays/suggest")).contains("\"KUBESENT_MODE\",\"value\":\"suggest\"");
        assertThat(env("knative/overlays/no-model"))
                .contains("\"KUBESENT_GEMINI_MODELS\",\"value\":\"\"")
                .doesNotContain("GEMINI_API_KEY");
        assertThat(env("knative/overlays/oidc")).contains("\"KUBESENT_SENDER_AUDIENCE\",\"value\":\"kubesent\"");
        for (var source : List.of("ApiServerSource", "PingSource")) {
            assertThat(only("knative/overlays/oidc", source)
                            .at("/spec/sink/audience")
                            .asText())
                    .isEqualTo("kubesent");
        }
        assertThat(env("knative/overlays/registry")).contains("\"KUBESENT_REGISTRY_LOOKUP\",\"value\":\"docker.io");
        assertThat(only("knative/overlays/plain", "Deployment")
                        .at("/spec/template/spec/containers/0/env")
                        .toString())
                .contains("\"KUBESENT_FEED\",\"value\":\"watch\"");
        assertThat(objects("knative/overlays/plain"))
                .extracting(object -> object.path("apiVersion").asText())
                .noneMatch(version -> version.contains("knative"));
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void no_binding_lets_secrets_be_read(String kustomization) throws Exception {
        var readers = objects(kustomization).stream()
                .filter(object -> object.path("rules").toString().contains("\"secrets\""))
                .map(object -> object.at("/metadata/name").asText())
                .toList();

        assertThat(objects(kustomization))
                .extracting(object -> object.at("/roleRef/name").asText())
                .noneMatch(readers::contains);
    }

    /** Serving refuses them, and the webhook that does is not here. */
    @Test
    void the_service_has_no_settings_of_a_pod_that_serving_refuses() throws Exception {
        assertThat(fields(only("knative", "Service").at("/spec/template/spec")))
                .containsExactlyInAnyOrder(
                        "serviceAccountName", "containerConcurrency", "timeoutSeconds", "containers", "volumes");
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void nothing_is_granted_by_wildcard(String kustomization) throws Exception {
        for (var object : objects(kustomization)) {
            assertThat(object.path("rules").toString()).doesNotContain("*");
        }
    }

    /** The source may look and nothing else; the function may only read where nobody bound it. */
    @ParameterizedTest
    @CsvSource({
        "kubesent-source, watch pods, yes",
        "kubesent-source, list pods, yes",
        "kubesent-source, watch incidents.kubesent.dev, yes",
        "kubesent-source, get pods/log, no",
        "kubesent-source, list secrets, no",
        "kubesent-source, list configmaps, no",
        "kubesent-source, update pods, no",
        "kubesent-source, delete pods, no",
        "kubesent-source, patch incidents.kubesent.dev, no",
        "kubesent-source, create events, no",
        "kubesent, list namespaces, yes",
        "kubesent, get nodes, yes",
        "kubesent, list incidents.kubesent.dev, yes",
        "kubesent, get pods, no",
        "kubesent, list pods, no",
        "kubesent, get pods/log, no",
        "kubesent, list events, no",
        "kubesent, list replicasets.apps, no",
        "kubesent, get services, no",
        "kubesent, list endpointslices.discovery.k8s.io, no",
        "kubesent, watch pods, no",
        "kubesent, list secrets, no",
        "kubesent, list configmaps, no",
        "kubesent, patch deployments.apps, no",
        "kubesent, delete pods, no",
        "kubesent, create incidents.kubesent.dev, no"
    })
    void each_account_may_do_what_it_is_there_for(String account, String what, String answer) throws Exception {
        assertThat(may(account, what)).isEqualTo(answer);
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void nothing_of_a_namespace_is_read_in_all_of_them_but_where_that_is_asked_for(String kustomization)
            throws Exception {
        var everywhere = objects(kustomization).stream()
                .filter(object -> object.path("kind").asText().equals("ClusterRoleBinding"))
                .map(object -> object.at("/roleRef/name").asText())
                .toList();

        assertThat(everywhere)
                .isSubsetOf(
                        "kubesent-reader",
                        "kubesent-source",
                        "system:service-account-issuer-discovery",
                        kustomization.endsWith("read-everywhere") ? "kubesent-reading" : "kubesent-reader");
        assertThat(everywhere.contains("kubesent-source"))
                .isEqualTo(!kustomization.endsWith("source-bound") && !everywhere.isEmpty());
    }

    /** Where it watches itself, it may see what the source's account may see elsewhere, and hold its Lease. */
    @Test
    void in_plain_the_function_has_the_rights_of_the_source_and_of_its_lease() throws Exception {
        var plain = objects("knative/overlays/plain");

        assertThat(plain)
                .filteredOn(object -> object.at("/roleRef/name").asText().equals("kubesent-source"))
                .singleElement()
                .satisfies(binding -> assertThat(binding.path("subjects").toString())
                        .isEqualTo("[{\"kind\":\"ServiceAccount\",\"name\":\"kubesent\",\"namespace\":\"kubesent\"}]"));
        assertThat(plain)
                .filteredOn(object -> object.path("kind").asText().equals("ServiceAccount"))
                .extracting(object -> object.at("/metadata/name").asText())
                .containsExactly("kubesent");
        assertThat(plain)
                .filteredOn(object -> object.path("rules").toString().contains("leases"))
                .singleElement()
                .satisfies(role -> assertThat(role.path("kind").asText()).isEqualTo("Role"));
        for (var other : kustomizations().filter(one -> !one.endsWith("plain")).toList()) {
            // The admission policy says what KubeSent writes at most, in all of them, and grants nothing.
            assertThat(objects(other))
                    .as(other)
                    .filteredOn(object -> !object.path("kind").asText().equals("ValidatingAdmissionPolicy"))
                    .noneMatch(object -> object.toString().contains("coordination.k8s.io"));
        }
    }

    private static String may(String account, String what) throws Exception {
        var as = "--as=system:serviceaccount:kubesent:" + account;
        var words = what.replace("pods/log", "pods --subresource=log").split(" ");
        var command = Stream.concat(Stream.of("auth", "can-i", "-n", "demo", as), Arrays.stream(words));
        return kubectl.run(command.toArray(String[]::new))
                .output()
                .lines()
                .toList()
                .getLast();
    }

    private static String env(String kustomization) throws Exception {
        return only(kustomization, "Service")
                .at("/spec/template/spec/containers/0/env")
                .toString();
    }

    private static JsonNode only(String kustomization, String kind) throws Exception {
        return objects(kustomization).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().startsWith("kubesent"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> fields(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonNode> objects(String kustomization) throws Exception {
        return Arrays.stream(succeeds("kustomize", kustomization).split("(?m)^---$"))
                .filter(document -> document.contains("kind:"))
                .map(document -> KubernetesJson.parse(document, JsonNode.class))
                .toList();
    }

    private Path built(String kustomization) throws Exception {
        return Files.writeString(folder.resolve("built.yaml"), succeeds("kustomize", kustomization));
    }

    private static String succeeds(String... arguments) throws Exception {
        var result = kubectl.run(arguments);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output();
    }
}
