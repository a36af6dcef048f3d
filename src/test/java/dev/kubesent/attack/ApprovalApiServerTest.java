package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** shared/reviews/security.md, 8, on the real API server, as kubectl writes it: a person's word is for the change that was shown. */
@OnTheApiServer
class ApprovalApiServerTest {

    private static final AtomicInteger TURN = new AtomicInteger();

    private final ApiServer server = ApiServer.required();

    private Scenario scenario;
    private MovingClock clock;
    private TestCluster.Loaded loaded;

    @BeforeEach
    void aRaiseIsProposed() {
        scenario = Scenario.named("approved-suggestion").suffixed("exact" + TURN.incrementAndGet());
        clock = new MovingClock(scenario.time());
        loaded = new ApiServerTestCluster().load(scenario, clock);
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());
        assertThat(incident().phase()).isEqualTo(Phase.Proposed);
        assertThat(fingerprint()).matches("[0-9a-f]{64}");
    }

    @AfterEach
    void leave() {
        loaded.stage().leave();
    }

    @Test
    void yes_is_for_what_was_shown() {
        approve("{\"spec\":{\"approved\":true}}");

        assertThat(incident().phase()).isEqualTo(Phase.Verifying);
        assertThat(Objects.requireNonNull(incident().approval()).fingerprint()).isEqualTo(fingerprint());
    }

    @Test
    void yes_by_name_is_for_that_change() {
        approve("{\"spec\":{\"approved\":true,\"approvedFingerprint\":\"%s\"}}".formatted(fingerprint()));

        assertThat(incident().phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void yes_by_the_name_of_another_change_is_no_yes_to_this_one() {
        for (var other : new String[] {"0".repeat(64), fingerprint().substring(1), "any"}) {
            approve("{\"spec\":{\"approved\":true,\"approvedFingerprint\":\"%s\"}}".formatted(other));

            assertThat(incident().phase()).as(other).isEqualTo(Phase.Proposed);
            assertThat(incident().verdict().reasons()).anyMatch(why -> why.startsWith("APPROVED_ANOTHER_CHANGE"));
            assertThat(incident().acts()).isEmpty();
        }
    }

    /** As after an update of KubeSent that words its proposals anew. */
    @Test
    void other_words_for_the_same_change_do_not_take_the_yes_back() {
        live(server.boundByPolicyOnly())
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":{\"verdict\":{\"change\":\"told in other words\"}}}");
        assertThat(incident().verdict().change()).isEqualTo("told in other words");

        approve("{\"spec\":{\"approved\":true}}");

        assertThat(incident().phase()).isEqualTo(Phase.Verifying);
    }

    private void approve(String patch) {
        live(server.admin()).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(EventPod.update(only()));
    }

    private Resource<Incident> live(KubernetesClient client) {
        return client.resources(Incident.class)
                .inNamespace(scenario.namespace())
                .withName(name());
    }

    private String name() {
        return only().getMetadata().getName();
    }

    private Incident only() {
        return server.incidents(scenario.namespace()).getFirst();
    }

    private IncidentStatus incident() {
        return only().progress();
    }

    private String fingerprint() {
        return Objects.requireNonNull(incident().verdict()).fingerprint();
    }
}
