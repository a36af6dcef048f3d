package dev.kubesent.function.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether the API server bounds KubeSent is told by what KubeSent itself may read there. */
@OnTheApiServer
class SecondGateApiServerTest {

    private static final Pattern POLICY =
            Pattern.compile("(?m)^kind: ValidatingAdmissionPolicyBinding\nmetadata:\n  name: (.+)$");

    private final ApiServer server = ApiServer.required();
    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T03:00:00Z"));

    @Test
    void the_bindings_that_are_looked_for_are_those_of_the_manifests() throws IOException {
        assertThat(POLICY.matcher(Files.readString(Path.of("knative/base/260-admission.yaml")))
                        .results()
                        .map(match -> match.group(1)))
                .containsExactlyElementsOf(SecondGate.BINDINGS);
    }

    @Test
    void where_they_are_nothing_is_missing_and_one_that_is_taken_away_is_named_ten_minutes_later() {
        var gate = new SecondGate(new KubernetesReads(server.kubesent()), clock);
        assertThat(gate.get()).isEmpty();

        var bindings = server.admin().admissionRegistration().v1().validatingAdmissionPolicyBindings();
        var pods = bindings.withName("kubesent-pods").get();
        bindings.resource(pods).delete();
        try {
            assertThat(gate.get()).as("it is not asked each time").isEmpty();
            clock.forward(Duration.ofMinutes(10));
            assertThat(gate.get())
                    .hasValueSatisfying(missing -> assertThat(missing)
                            .contains("ValidatingAdmissionPolicyBinding kubesent-pods:")
                            .contains("kubectl apply -k knative"));
        } finally {
            pods.getMetadata().setResourceVersion(null);
            bindings.resource(pods).create();
            untilInForce();
        }
    }

    @Test
    void a_binding_whose_policy_is_gone_holds_nobody() {
        var policies = server.admin().admissionRegistration().v1().validatingAdmissionPolicies();
        var pods = policies.withName("kubesent-pods").get();
        policies.resource(pods).delete();
        try {
            assertThat(new SecondGate(new KubernetesReads(server.kubesent()), clock).get())
                    .hasValueSatisfying(
                            missing -> assertThat(missing).contains("ValidatingAdmissionPolicyBinding kubesent-pods:"));
        } finally {
            pods.getMetadata().setResourceVersion(null);
            policies.resource(pods).create();
            untilInForce();
        }
    }

    /** A moment later; other tests rely on it. */
    private void untilInForce() {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("made")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("registry.lab/app:1")
                .endContainer()
                .endSpec()
                .build();
        while (true) {
            try {
                var _ = server.boundByPolicyOnly().resource(pod).dryRun().create();
            } catch (KubernetesClientException e) {
                if (String.valueOf(e.getMessage()).contains("'kubesent-pods'")) {
                    return;
                }
            }
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    /** As after an update of the image, and not of the roles. */
    @Test
    void without_the_right_to_look_it_says_so() {
        var stranger = new ConfigBuilder(server.admin().getConfiguration())
                .withImpersonateUsername("system:serviceaccount:kubesent:stranger")
                .withImpersonateGroups("system:authenticated")
                .build();
        try (var client = new KubernetesClientBuilder().withConfig(stranger).build()) {
            assertThat(new SecondGate(new KubernetesReads(client), clock).get())
                    .hasValueSatisfying(missing ->
                            assertThat(missing).contains("cannot check").contains("kubesent-reader"));
        }
    }
}
