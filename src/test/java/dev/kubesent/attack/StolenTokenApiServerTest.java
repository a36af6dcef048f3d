package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Issue 25, and shared/reviews/security.md as a whole: whoever has KubeSent's token has none of the gate's code. As if everything were granted
 * to its account, the admission policies of knative/base alone refuse what the gate would never ask for.
 */
@OnTheApiServer
class StolenTokenApiServerTest {

    private static final Path FOLDER = Path.of("src/test/resources/attack/stolen-token");
    private static final String NAMESPACE = "stolen-token";
    private static final PatchContext JSON = new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager("kubesent")
            .build();
    private static final Map<String, String> API_VERSIONS = Map.ofEntries(
            Map.entry("Deployment", "apps/v1"),
            Map.entry("StatefulSet", "apps/v1"),
            Map.entry("DaemonSet", "apps/v1"),
            Map.entry("CronJob", "batch/v1"),
            Map.entry("Job", "batch/v1"),
            Map.entry("Service", "serving.knative.dev/v1"),
            Map.entry("Incident", "kubesent.dev/v1alpha1"),
            Map.entry("ClusterRole", "rbac.authorization.k8s.io/v1"),
            Map.entry("CustomResourceDefinition", "apiextensions.k8s.io/v1"));

    private static ApiServer server;

    @BeforeAll
    static void whatIsToBeAttacked() throws IOException {
        server = ApiServer.required();
        for (var document : documents("objects.yaml")) {
            var tree =
                    (ObjectNode) KubernetesJson.tree(KubernetesJson.parse(document, GenericKubernetesResource.class));
            var status = tree.remove("status");
            var writer = document.contains("kind: Incident") ? server.boundByPolicyOnly() : server.admin();
            HasMetadata object = KubernetesJson.as(tree, GenericKubernetesResource.class);
            var made = writer.resource(object).create();
            if (status != null) {
                var told = (ObjectNode) KubernetesJson.tree(made);
                told.set("status", status);
                HasMetadata next = KubernetesJson.as(told, GenericKubernetesResource.class);
                writer.resource(next).updateStatus();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> no_field_is_changed_that_the_gate_would_not_change() throws IOException {
        var lines = Files.readAllLines(FOLDER.resolve("patches.txt"));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(111);
        return lines.stream()
                .map(line -> line.split(" \\| ", 3))
                .map(shot -> refused(shot[0], stolen -> {
                    if (shot[1].endsWith("/resize")) {
                        var _ = at(stolen, shot[1].replace("/resize", ""))
                                .subresource("resize")
                                .patch(JSON, shot[2]);
                    } else {
                        var _ = at(stolen, shot[1]).patch(JSON, shot[2]);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> nothing_is_made_that_the_gate_would_not_make() throws IOException {
        var documents = documents("made.yaml");
        assertThat(documents).hasSizeGreaterThanOrEqualTo(41);
        return documents.stream()
                .map(document -> refused(document.lines().findFirst().orElseThrow(), stolen -> {
                    HasMetadata object = KubernetesJson.parse(document, GenericKubernetesResource.class);
                    var _ = stolen.resource(object).create();
                }));
    }

    @TestFactory
    Stream<DynamicTest> nothing_is_deleted_that_the_gate_would_not_delete() throws IOException {
        var lines = Files.readAllLines(FOLDER.resolve("deleted.txt"));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(12);
        return lines.stream()
                .map(line -> refused("delete " + line, stolen -> {
                    var _ = at(stolen, line).delete();
                }));
    }

    @TestFactory
    Stream<DynamicTest> no_other_way_is_open() {
        var pods = "/api/v1/namespaces/stolen-token/pods";
        var apps = "/apis/apps/v1/namespaces/stolen-token/deployments";
        var ways = List.of(
                refused("evict whatever has that name", stolen -> stolen.raw(pods + "/healthy/eviction", "POST", """
                    {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "healthy"}}\
                    """)),
                refused("run a program in a pod", stolen -> stolen.raw(pods + "/healthy/exec?command=sh", "POST", "")),
                refused("scale by another way", stolen -> stolen.raw(apps + "/web/scale", "PUT", """
                    {"apiVersion": "autoscaling/v1", "kind": "Scale",
                     "metadata": {"name": "web", "namespace": "stolen-token"}, "spec": {"replicas": 0}}\
                    """)),
                refused("say that a workload is well", stolen -> {
                    var _ = at(stolen, "Deployment/failing")
                            .subresource("status")
                            .patch(JSON, """
                                [{"op": "add", "path": "/status/readyReplicas", "value": 2}]\
                                """);
                }),
                refused("bind a pod to a node", stolen -> stolen.raw(pods + "/down/binding", "POST", """
                    {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "down"},
                     "target": {"kind": "Node", "name": "x"}}\
                    """)));
        assertThat(ways).hasSizeGreaterThanOrEqualTo(5);
        return ways.stream();
    }

    /** The other half: a policy that refuses all would pass everything above. */
    @Test
    void what_the_gate_would_do_is_taken() {
        var stolen = server.boundByPolicyOnly();
        var memory =
                "[{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/0/resources/limits/memory\",\"value\":\"%s\"}]";
        assertThatCode(() -> {
                    at(stolen, "Deployment/web").patch(JSON, memory.formatted("356Mi"));
                    at(stolen, "Deployment/web").patch(JSON, memory.formatted("256Mi")); // its own raise, taken back
                    at(stolen, "Service/hello").patch(JSON, memory.formatted("356Mi"));
                    at(stolen, "Service/hello").patch(JSON, """
                        [{"op":"add","path":"/spec/traffic","value":[{"latestRevision":false,"percent":100,"revisionName":"hello-00001"}]}]\
                        """);
                    at(stolen, "Deployment/failing").patch(JSON, """
                        [{"op":"add","path":"/spec/template/spec/containers/0/image","value":"registry.lab/shop:1.3"}]\
                        """);
                    at(stolen, "Pod/healthy").subresource("resize").patch(JSON, """
                        [{"op":"add","path":"/spec/containers/0/resources/limits/memory","value":"356Mi"}]\
                        """);
                    at(stolen, "Pod/down-too").delete();
                })
                .doesNotThrowAnyException();
    }

    private interface Shot {
        void by(KubernetesClient stolen) throws IOException;
    }

    private static DynamicTest refused(String name, Shot shot) {
        return DynamicTest.dynamicTest(name, () -> {
            var refusal =
                    catchThrowableOfType(KubernetesClientException.class, () -> shot.by(server.boundByPolicyOnly()));
            assertThat(refusal).as("was taken").isNotNull();
            assertThat(refusal.getMessage())
                    .contains("ValidatingAdmissionPolicy 'kubesent-")
                    .doesNotContain("resulted in error");
            assertThat(refusal.getCode()).isEqualTo(403);
        });
    }

    /** @param what as {@code Deployment/web}, or with {@code @} and its namespace */
    private static Resource<GenericKubernetesResource> at(KubernetesClient client, String what) {
        var parts = what.split("[/@]");
        var version = Objects.requireNonNullElse(API_VERSIONS.get(parts[0]), "v1");
        var all = client.genericKubernetesResources(version, parts[0]);
        return List.of("Namespace", "ClusterRole", "CustomResourceDefinition").contains(parts[0])
                ? all.withName(parts[1])
                : all.inNamespace(parts.length > 2 ? parts[2] : NAMESPACE).withName(parts[1]);
    }

    private static List<String> documents(String file) throws IOException {
        return Arrays.stream(Files.readString(FOLDER.resolve(file)).split("(?m)^---$"))
                .map(String::strip)
                .toList();
    }
}
