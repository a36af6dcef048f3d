package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.consultation.SignatureConfig;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.Golden;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Own signatures with the rights of knative/base, and without them. */
@OnTheApiServer
class SignaturesApiServerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"crash-that-only-the-users-signature-knows", "crash-with-a-malformed-signature-beside-a-good-one"
            })
    void the_rights_of_the_manifests_suffice_to_read_them(String name) {
        var scenario = Scenario.named(name).suffixed("own");

        Golden.assertMatches(scenario.expected(), ScenarioRun.of(scenario, new ApiServerTestCluster()));
    }

    @Test
    void an_account_without_the_right_has_none_and_is_told_which_manifest_grants_it() {
        var other = new ConfigBuilder(ApiServer.required().admin().getConfiguration())
                .withImpersonateUsername("system:serviceaccount:kubesent:kubesent-source")
                .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
                .build();
        try (var client = KubernetesConnection.open(other)) {
            var config = new SignatureConfig(
                    new KubernetesReads(client), "kubesent", new MovingClock(Instant.parse("2026-11-23T03:00:00Z")));

            assertThat(config.current().isEmpty()).isTrue();
            assertThat(config.trouble()).singleElement().asString().contains("knative/base/230-own-namespace.yaml");
        }
    }
}
