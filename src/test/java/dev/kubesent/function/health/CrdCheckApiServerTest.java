package dev.kubesent.function.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.incident.Schema;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As KubeSent's own account, with the right that knative/ grants. */
@OnTheApiServer
class CrdCheckApiServerTest {

    private final ApiServer server = ApiServer.required();
    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-30T03:00:00Z"));
    private final CrdCheck check = new CrdCheck(new KubernetesReads(server.kubesent()), clock);

    @AfterEach
    void leave() {
        annotate(Schema.hash());
    }

    @Test
    void the_crd_of_this_build_is_nothing_to_tell_and_another_one_is() {
        assertThat(check.trouble()).isEmpty();

        annotate("0123456789abcdef");
        assertThat(check.trouble()).as("known for a minute").isEmpty();
        clock.forward(Duration.ofMinutes(1));
        assertThat(check.trouble())
                .hasValueSatisfying(said -> assertThat(said)
                        .contains("0123456789abcdef", Schema.hash(), "each write loses the fields")
                        .contains("kubectl apply -f knative/base/100-incident-crd.yaml", "helm upgrade"));

        annotate(Schema.hash());
        clock.forward(Duration.ofMinutes(1));
        assertThat(check.trouble()).isEmpty();
    }

    @Test
    void one_from_before_there_were_hashes_is_another_one() {
        server.admin()
                .resources(CustomResourceDefinition.class)
                .withName(Schema.CRD.name())
                .edit(crd -> {
                    crd.getMetadata().getAnnotations().remove(Schema.HASH);
                    return crd;
                });

        assertThat(check.trouble()).hasValueSatisfying(said -> assertThat(said).contains("none"));
    }

    private void annotate(String hash) {
        server.admin()
                .resources(CustomResourceDefinition.class)
                .withName(Schema.CRD.name())
                .edit(crd -> {
                    crd.getMetadata().setAnnotations(Map.of(Schema.HASH, hash));
                    return crd;
                });
    }
}
