package dev.kubesent.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWord;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real API server, as ordinary users: what the page may do is what the person may do. */
@OnTheApiServer
class UiApiServerTest {

    private static final AtomicInteger TURN = new AtomicInteger();

    private final ApiServer server = ApiServer.required();

    private Scenario scenario;
    private MovingClock clock;
    private TestCluster.Loaded loaded;

    @BeforeEach
    void aRaiseIsProposed() {
        scenario = Scenario.named("approved-suggestion").suffixed("ui" + TURN.incrementAndGet());
        clock = new MovingClock(scenario.time());
        loaded = new ApiServerTestCluster().load(scenario, clock);
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());
        assertThat(only().progress().phase()).isEqualTo(Phase.Proposed);
    }

    @AfterEach
    void leave() {
        loaded.stage().leave();
    }

    @Test
    void who_has_the_verb_approve_approves_what_the_page_shows() throws IOException {
        bind("alice", "ClusterRole", "kubesent-approver");
        try (var alice = as("alice")) {
            var page = page(alice);
            var told = json(ask(page, "GET", "", ""));
            assertThat(told.at("/row/isForYou").asBoolean()).isTrue();

            var answer = ask(page, "POST", "/approve", told.path("fingerprint").asText());

            assertThat(answer.status()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
            assertThat(json(ask(page, "GET", "", "")).at("/row/isForYou").asBoolean())
                    .isFalse();
        }
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(EventPod.update(only()));
        assertThat(only().progress().phase()).isEqualTo(Phase.Verifying);
        assertThat(Objects.requireNonNull(only().progress().approval()).by()).isEqualTo("kubectl-kubesent");
    }

    @Test
    void who_may_change_incidents_and_not_approve_is_refused_and_told_what_to_do() throws IOException {
        server.admin()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(scenario.namespace())
                        .withName("editor")
                        .endMetadata()
                        .withRules(new PolicyRuleBuilder()
                                .withApiGroups("kubesent.dev")
                                .withResources("incidents")
                                .withVerbs("get", "list", "update", "patch")
                                .build())
                        .build())
                .create();
        bind("bob", "Role", "editor");
        try (var bob = as("bob")) {
            var page = page(bob);
            var fingerprint = json(ask(page, "GET", "", "")).path("fingerprint").asText();

            var answer = ask(page, "POST", "/approve", fingerprint);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(json(answer).path("problem").asText())
                    .contains("needs the verb approve on incidents.kubesent.dev")
                    .contains("Nothing was changed")
                    .contains("--clusterrole=kubesent-approver");
        }
        assertThat(only().getSpec().approved()).isFalse();
    }

    @Test
    void who_may_read_nothing_is_told_which_right_is_missing() throws IOException {
        try (var nobody = as("nobody")) {
            var page = page(nobody);
            var list = page.answer(asked(page, "GET", "/ui/api/incidents", ""));

            assertThat(list.status()).isEqualTo(403);
            assertThat(json(list).path("problem").asText())
                    .contains("User \"nobody\" cannot list resource \"incidents\"")
                    .contains("get and list on incidents.kubesent.dev");
            assertThat(ask(page, "GET", "", "").status()).isEqualTo(403);
        }
    }

    private void bind(String user, String kind, String role) {
        server.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(scenario.namespace())
                        .withName(user)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", kind, role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", user, "")
                        .build())
                .create();
    }

    private KubernetesClient as(String user) {
        return KubernetesConnection.open(new ConfigBuilder(server.admin().getConfiguration())
                .withImpersonateUsername(user)
                .withImpersonateGroups("system:authenticated")
                .build());
    }

    private Page page(KubernetesClient client) {
        var place = new Place("test", scenario.namespace(), true);
        return Page.withToken(new KubernetesReads(client), new KubernetesWord(client)::say, place, clock);
    }

    private Answer ask(Page page, String method, String what, String fingerprint) {
        var path = "/ui/api/incidents/%s/%s%s"
                .formatted(scenario.namespace(), only().getMetadata().getName(), what);
        return page.answer(asked(page, method, path, "{\"fingerprint\":\"%s\"}".formatted(fingerprint)));
    }

    private static Asked asked(Page page, String method, String path, String body) {
        return new Asked(method, path, Map.of("host", "127.0.0.1:1", Door.TOKEN, page.token()), body.getBytes(UTF_8));
    }

    private Incident only() {
        return server.incidents(scenario.namespace()).getFirst();
    }

    private static JsonNode json(Answer answer) throws IOException {
        return KubernetesJson.parseJson(answer.body(), JsonNode.class);
    }
}
