package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Whoever has KubeSent's token prepares one request by another: the first is taken, as the gate might ask for it, and a controller answers it
 * with the status that the second one needs. (Hostile review of the second gate, 2 to 6.)
 */
@OnTheApiServer
class StolenTokenInStepsApiServerTest {

    private static final String NAMESPACE = "in-steps";
    private static final String MEMORY =
            "{\"op\":\"replace\",\"path\":\"/spec/template/spec/containers/0/resources/limits/memory\",\"value\":\"%s\"}";
    private static final String COMMAND =
            "{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/0/command\",\"value\":[\"sh\"]}";

    private static ApiServer server;
    private String name = "";

    @BeforeAll
    static void namespace() {
        server = ApiServer.required();
        HasMetadata namespace = KubernetesJson.parse("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: in-steps, labels: {kubesent.dev/heal: enabled}}
            """, GenericKubernetesResource.class);
        server.admin().resource(namespace).create();
    }

    @BeforeEach
    void aWellDeployment(TestInfo test) {
        name = "web-" + Math.floorMod(test.getDisplayName().hashCode(), 1_000_000);
        HasMetadata web = KubernetesJson.parse("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s, namespace: in-steps}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: app, image: "registry.lab/web:1.0", resources: {limits: {memory: 256Mi}}}]
            """.formatted(name), GenericKubernetesResource.class);
        server.admin().resource(web).create();
        status(2, "True", "NewReplicaSetAvailable");
    }

    /** As the deployment controller writes it. */
    private void status(int updated, String progressing, String reason) {
        server.admin()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(name)
                .editStatus(web -> web.edit()
                        .editOrNewStatus()
                        .withReplicas(2)
                        .withReadyReplicas(2)
                        .withUpdatedReplicas(updated)
                        .withConditions()
                        .addNewCondition()
                        .withType("Progressing")
                        .withStatus(progressing)
                        .withReason(reason)
                        .endCondition()
                        .endStatus()
                        .build());
    }

    @Test
    void under_no_other_name_does_it_write() {
        assertThatThrownBy(() -> by(server.boundByPolicyOnly(), "kubectl-edit", MEMORY.formatted("257Mi")))
                .hasMessageContaining("under its own name");
    }

    @Test
    void a_rollout_that_its_own_raise_began_is_no_failing_release() {
        assertThatThrownBy(() -> by(server.boundByPolicyOnly(), "kubesent", COMMAND))
                .hasMessageContaining("all of it runs as it should");
        by(server.boundByPolicyOnly(), "kubesent", MEMORY.formatted("257Mi"));
        status(0, "True", "ReplicaSetUpdated");
        assertThatThrownBy(() -> by(server.boundByPolicyOnly(), "kubesent", COMMAND))
                .hasMessageContaining("for the sake of a change by KubeSent");
        assertThatThrownBy(() -> by(
                        server.boundByPolicyOnly(),
                        "kubesent",
                        "{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":[{}]}"))
                .hasMessageContaining("managedFields");
    }

    /** The other half: what somebody else released after that may go back, and a rollout of its own that never ends. */
    @Test
    void what_another_released_since_goes_back_and_what_its_controller_gave_up() {
        by(server.boundByPolicyOnly(), "kubesent", MEMORY.formatted("257Mi"));
        status(0, "False", "ProgressDeadlineExceeded");
        assertThatCode(() -> by(server.boundByPolicyOnly(), "kubesent", COMMAND))
                .doesNotThrowAnyException();

        untilTheNextSecond();
        by(server.admin(), "kubectl-edit", COMMAND.replace("sh", "bash"));
        status(1, "True", "ReplicaSetUpdated");
        assertThatCode(() -> by(server.boundByPolicyOnly(), "kubesent", COMMAND))
                .doesNotThrowAnyException();
    }

    /** Times of managedFields are whole seconds. */
    private void untilTheNextSecond() {
        var second = Instant.now().getEpochSecond();
        while (Instant.now().getEpochSecond() == second) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_limit_that_was_there_is_not_taken_out_by_who_raised_it() {
        by(server.boundByPolicyOnly(), "kubesent", MEMORY.formatted("257Mi"));
        assertThatThrownBy(() -> by(
                        server.boundByPolicyOnly(),
                        "kubesent",
                        "{\"op\":\"remove\",\"path\":\"/spec/template/spec/containers/0/resources/limits/memory\"}"))
                .hasMessageContaining("ValidatingAdmissionPolicy");
    }

    @Test
    void a_pod_is_not_ended_at_once() {
        server.admin()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .endMetadata()
                        .build())
                .create();
        server.admin().resource(podOnANode()).create();
        var stolen = server.boundByPolicyOnly().pods().inNamespace(NAMESPACE).withName("on-a-node");
        assertThatThrownBy(() -> stolen.withGracePeriod(0).delete()).hasMessageContaining("is given its time to end");
        assertThat(stolen.delete()).isNotEmpty();
    }

    private static Pod podOnANode() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("on-a-node")
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("default")
                .withAutomountServiceAccountToken(false)
                .withNodeName("gone")
                .addNewContainer()
                .withName("app")
                .withImage("registry.lab/web:1.0")
                .endContainer()
                .endSpec()
                .build();
    }

    private void by(KubernetesClient client, String manager, String operation) {
        var _ = client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(manager)
                                .build(),
                        "[" + operation + "]");
    }
}
