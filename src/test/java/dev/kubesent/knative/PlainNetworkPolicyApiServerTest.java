package dev.kubesent.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.Kubectl;
import dev.kubesent.testing.OnTheApiServer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Without Knative there is no activator to let in; who else may send is chosen all the same. */
@OnTheApiServer
class PlainNetworkPolicyApiServerTest {

    @Test
    void the_network_policy_is_of_the_deployments_pods_and_chooses_who_may_send() throws Exception {
        var built = Kubectl.required(ApiServer.required())
                .run("kustomize", "knative/overlays/plain")
                .output();
        var policy = only(built, "NetworkPolicy");

        assertThat(policy.at("/spec/podSelector/matchLabels"))
                .isEqualTo(only(built, "Deployment").at("/spec/selector/matchLabels"));
        assertThat(policy.at("/spec/ingress")).hasSize(1);
        assertThat(policy.at("/spec/ingress/0/from").findValuesAsText("kubesent.dev/sends"))
                .containsExactly("true");
    }

    private static JsonNode only(String built, String kind) {
        return Arrays.stream(built.split("(?m)^---$"))
                .filter(document -> document.contains("kind:"))
                .map(document -> KubernetesJson.parse(document, JsonNode.class))
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
