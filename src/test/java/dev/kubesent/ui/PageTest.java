package dev.kubesent.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.testing.MovingClock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page asks, and what it is answered. */
class PageTest {

    private static final String ONE = "/ui/api/incidents/demo/web";

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-29T12:00:00Z"));
    private final InMemoryCluster cluster = new InMemoryCluster(clock);
    private final List<String> said = new ArrayList<>();
    private final Page page = page("", (namespace, name, spec) -> said.add(namespace + "/" + name + " " + spec));

    @Test
    void the_list_has_every_incident_and_says_which_one_waits_for_a_person() throws IOException {
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));
        cluster.load(Incidental.of("shop", "cart", Phase.Healed));

        var answer = json(get("/ui/api/incidents"));

        assertThat(answer.path("cluster").asText()).isEqualTo("lab");
        assertThat(answer.path("mayApprove").asBoolean()).isTrue();
        assertThat(answer.path("note").asText()).isEmpty();
        assertThat(answer.path("againAfter").asLong()).isEqualTo(2000);
        assertThat(answer.path("rows")).hasSize(2);
        assertThat(answer.at("/rows/0/namespace").asText()).isEqualTo("demo");
        assertThat(answer.at("/rows/0/isForYou").asBoolean()).isTrue();
        assertThat(answer.at("/rows/0/workload").asText()).isEqualTo("Deployment/web");
        assertThat(answer.at("/rows/1/phase").asText()).isEqualTo("Healed");
        assertThat(answer.at("/rows/1/isForYou").asBoolean()).isFalse();
        assertThat(answer.at("/trends/days")).hasSize(14);
    }

    @Test
    void one_incident_is_told_as_a_story() throws IOException {
        var healed = Incidental.of("verify-a-deployment-survives");
        cluster.load(healed);
        var meta = healed.getMetadata();

        var told = json(get("/ui/api/incidents/%s/%s".formatted(meta.getNamespace(), meta.getName())));

        assertThat(told.at("/row/phase").asText()).isEqualTo("Healed");
        assertThat(told.path("evidence")).isNotEmpty();
        assertThat(told.path("change").asText()).contains("- containers[app].resources.limits.memory: 32Mi\n+ ");
        assertThat(told.at("/memory/0/from").asText()).isEqualTo("32Mi");
        assertThat(told.at("/memory/0/toBytes").asLong()).isEqualTo(132L << 20);
        assertThat(told.at("/memory/0/isTakenBack").asBoolean()).isFalse();
        assertThat(told.path("moments")).hasSize(5);
        assertThat(told.at("/moments/4/stage").asText()).isEqualTo("SURVIVED");
        assertThat(told.at("/moments/4/at").asText()).matches("2026-.*Z");
        assertThat(told.path("outcome").asText()).startsWith("it survives");
        assertThat(told.toString()).doesNotContain("record");
    }

    @Test
    void text_of_others_stays_text_and_is_no_longer_than_a_person_reads() throws IOException {
        var markup = "</script><img src=x onerror=alert(1)>";
        var evil = "LOG: " + markup + "\u001b[31mred\u001b]0;title\u0007 \u202Egnp.exe\u2066 \0 " + "A".repeat(1 << 20);
        cluster.load(Incidental.of("demo", "web", Phase.Refused, evil, "2026-11-29T10:00:00Z"));

        var answer = get(ONE);
        var shown = json(answer).at("/evidence/0").asText();

        assertThat(answer.type()).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.body().length).isLessThan(20_000);
        assertThat(shown).startsWith("LOG: " + markup + "red\\u001B]0;title\\u0007 \\u202Egnp.exe\\u2066 \\u0000 AAA");
        assertThat(shown).endsWith("more characters)").hasSizeLessThan(Shown.LINE + 100);
        assertThat(shown.chars().filter(c -> c < ' ' || c == 0x202E || c == 0x2066))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        GET,    /,                                200
        GET,    /ui/app.js,                       200
        GET,    /ui/style.css,                    200
        GET,    /ui/icon.svg,                     200
        GET,    /ui/api/incidents,                200
        GET,    /ui/api/incidents/demo/web,       200
        GET,    /ui/api/incidents/demo/other,     404
        GET,    /ui/api/incidents/other/web,      404
        GET,    /ui/api/incidents/demo,           404
        GET,    /ui/api/incidents/demo/web/,      404
        GET,    /ui/api/incidents/demo/..,        404
        GET,    /ui/api/incidents/DEMO/web,       404
        GET,    /ui/api/incidents/demo/a%2Fb,     404
        GET,    /ui/../application.properties,    404
        GET,    /ui/index.html,                   404
        GET,    /ui/style.css/,                   404
        GET,    /favicon.ico,                     404
        GET,    //,                               404
        POST,   /,                                405
        POST,   /ui/app.js,                       405
        POST,   /ui/api/incidents,                405
        DELETE, /ui/api/incidents/demo/web,       405
        GET,    /ui/api/incidents/demo/web/approve, 405
        PUT,    /ui/api/incidents/demo/web/approve, 405
        GET,    /ui/api/incidents/demo/web/reject, 405
        POST,   /ui/api/incidents/demo/web/delete, 404
        """)
    void only_what_there_is_is_answered(String method, String path, int status) {
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));

        assertThat(page.answer(asked(method, path, "")).status()).isEqualTo(status);
        assertThat(said).isEmpty();
    }

    @Test
    void a_yes_is_to_exactly_the_change_that_was_seen() {
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));

        var answer = approve(Incidental.FINGERPRINT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(said)
                .containsExactly("demo/web"
                        + " {\"approvedBy\":null,\"approvedAgain\":null,\"approvedAgainBy\":null,\"approved\":true,\"approvedFingerprint\":\""
                        + Incidental.FINGERPRINT + "\",\"rejected\":null}");
    }

    @Test
    void a_yes_to_another_change_or_to_nothing_is_not_sent() {
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));

        assertThat(approve("0".repeat(64)).status()).isEqualTo(409);
        for (var body : List.of("", "{", "[]", "null", "{\"fingerprint\":null}", "{\"fingerprint\":7}", "\0")) {
            assertThat(page.answer(asked("POST", ONE + "/approve", body)).status())
                    .as(body)
                    .isEqualTo(409);
        }
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"Proposed", "Waiting"})
    void only_a_proposal_waits_for_a_yes(Phase phase) {
        cluster.load(Incidental.of("demo", "web", phase));

        assertThat(approve(Incidental.FINGERPRINT).status()).isEqualTo(409);
        assertThat(said).isEmpty();
    }

    @Test
    void what_only_waits_for_its_time_asks_nobody_and_takes_a_yes_all_the_same() throws IOException {
        cluster.load(Incidental.of("demo", "web", Phase.Waiting));

        assertThat(json(get(ONE)).at("/row/isForYou").asBoolean()).isFalse();
        assertThat(json(get(ONE)).path("mayApprove").asBoolean()).isTrue();
        assertThat(approve(Incidental.FINGERPRINT).status()).isEqualTo(200);
        assertThat(said).hasSize(1);
    }

    @Test
    void who_said_yes_already_is_not_asked_again_until_another_change_is_proposed() throws IOException {
        var tree = KubernetesJson.tree(Incidental.of("demo", "web", Phase.Proposed));
        ((ObjectNode) tree.path("spec")).put("approved", true).put("approvedFingerprint", Incidental.FINGERPRINT);
        cluster.load(KubernetesJson.as(tree, Incident.class));
        assertThat(json(get(ONE)).at("/row/isForYou").asBoolean()).isFalse();
        assertThat(json(get(ONE)).path("approval").asText()).contains("KubeSent has not looked at it yet");

        ((ObjectNode) tree.at("/status/verdict")).put("fingerprint", "cd".repeat(32));
        cluster.load(KubernetesJson.as(tree, Incident.class));

        assertThat(json(get(ONE)).at("/row/isForYou").asBoolean()).isTrue();
    }

    @Test
    void a_yes_that_is_used_up_is_taken_back_before_it_is_said_again() {
        var tree = KubernetesJson.tree(Incidental.of("demo", "web", Phase.Proposed));
        ((ObjectNode) tree.path("spec")).put("approved", true).put("approvedFingerprint", Incidental.FINGERPRINT);
        ((ObjectNode) tree.path("status"))
                .putObject("approval")
                .put("by", "kubectl")
                .put("at", "2026-11-29T10:00:00Z")
                .put("generation", 2)
                .put("fingerprint", Incidental.FINGERPRINT)
                .put("used", true);
        cluster.load(KubernetesJson.as(tree, Incident.class));

        assertThat(approve(Incidental.FINGERPRINT).status()).isEqualTo(200);

        assertThat(said).hasSize(2);
        assertThat(said.getFirst())
                .isEqualTo("demo/web"
                        + " {\"approvedBy\":null,\"approvedAgain\":null,\"approvedAgainBy\":null,\"approved\":false}");
    }

    @Test
    void a_no_has_a_reason_that_others_can_read() {
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));

        for (var none : List.of("", "   ", "x".repeat(501))) {
            assertThat(reject(none).status()).as(none).isEqualTo(400);
        }
        assertThat(said).isEmpty();
        assertThat(reject(" we deploy at night \u202e").status()).isEqualTo(200);
        assertThat(said).containsExactly("demo/web {\"rejected\":\"we deploy at night \\\\u202E\"}");
    }

    @ParameterizedTest
    @EnumSource(names = {"Acting", "Verifying", "Undoing", "Healed", "Failed", "Superseded", "Closed"})
    void what_is_over_or_under_way_is_not_rejected(Phase phase) {
        cluster.load(Incidental.of("demo", "web", phase));

        assertThat(reject("because").status()).isEqualTo(409);
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ClusterException.Kind.class)
    void what_the_api_server_refuses_is_told_with_what_to_do(ClusterException.Kind kind) throws IOException {
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));
        var refusing = page("", (_, _, _) -> {
            throw new ClusterException(kind, "it said no");
        });

        var answer = refusing.answer(asked(refusing, "POST", ONE + "/approve", body(Incidental.FINGERPRINT)));

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(json(answer).path("problem").asText())
                .startsWith("it said no. ")
                .hasSizeGreaterThan(20);
    }

    @Test
    void who_lacks_the_right_to_approve_is_told_which_and_who_grants_it() throws IOException {
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));
        var refusing = page("", (_, _, _) -> {
            throw new ClusterException(ClusterException.Kind.FORBIDDEN, "no right");
        });

        var answer = refusing.answer(asked(refusing, "POST", ONE + "/approve", body(Incidental.FINGERPRINT)));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(json(answer).path("problem").asText())
                .contains("Nothing was changed")
                .contains("kubectl create rolebinding kubesent-approver -n demo");
    }

    @Test
    void one_namespace_shows_no_other() throws IOException {
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));
        cluster.load(Incidental.of("shop", "cart", Phase.Proposed));
        var ofOne = page("demo", (_, name, _) -> said.add(name));

        assertThat(json(ofOne.answer(asked(ofOne, "GET", "/ui/api/incidents", "")))
                        .path("rows"))
                .hasSize(1);
        assertThat(ofOne.answer(asked(ofOne, "GET", "/ui/api/incidents/shop/cart", ""))
                        .status())
                .isEqualTo(404);
        assertThat(ofOne.answer(asked(
                                ofOne, "POST", "/ui/api/incidents/shop/cart/approve", body(Incidental.FINGERPRINT)))
                        .status())
                .isEqualTo(404);
        assertThat(said).isEmpty();
    }

    @Test
    void of_too_many_incidents_the_first_are_shown_and_it_is_said() throws IOException {
        for (int i = 0; i < Board.MOST + 60; i++) {
            cluster.load(Incidental.of("demo", "web-%04d".formatted(i), Phase.Healed));
        }

        var answer = json(get("/ui/api/incidents"));

        assertThat(answer.path("rows")).hasSize(Board.MOST);
        assertThat(answer.path("note").asText())
                .contains("first 2,000 incidents")
                .contains("kubesent ui -n NAMESPACE");
    }

    @Test
    void the_local_run_shows_without_a_token_and_changes_nothing() throws IOException {
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));
        var local = Page.readOnly(cluster, "samples", clock);
        var host = Map.of("host", "localhost:8080");

        var list = json(local.answer(new Asked("GET", "/ui/api/incidents", host, new byte[0])));
        var approved = local.answer(new Asked(
                "POST", ONE + "/approve", host, body(Incidental.FINGERPRINT).getBytes(UTF_8)));

        assertThat(list.path("mayApprove").asBoolean()).isFalse();
        assertThat(list.path("rows")).hasSize(1);
        assertThat(approved.status()).isEqualTo(403);
        assertThat(Page.isFor("GET", "/")).isTrue();
        assertThat(Page.isFor("POST", "/")).as("events are posted there").isFalse();
        assertThat(Page.isFor("GET", "/ui/app.js")).isTrue();
        assertThat(Page.isFor("POST", "/heal")).isFalse();
    }

    private Page page(String namespace, Word word) {
        return Page.withToken(cluster, word, new Place("lab", namespace, true), clock);
    }

    private Answer get(String path) {
        return page.answer(asked("GET", path, ""));
    }

    private Answer approve(String fingerprint) {
        return page.answer(asked("POST", ONE + "/approve", body(fingerprint)));
    }

    private Answer reject(String because) {
        return page.answer(asked("POST", ONE + "/reject", KubernetesJson.json(Map.of("because", because))));
    }

    private static String body(String fingerprint) {
        return "{\"fingerprint\":\"%s\"}".formatted(fingerprint);
    }

    private Asked asked(String method, String path, String body) {
        return asked(page, method, path, body);
    }

    private static Asked asked(Page by, String method, String path, String body) {
        return new Asked(method, path, Map.of("host", "127.0.0.1:1", Door.TOKEN, by.token()), body.getBytes(UTF_8));
    }

    private static JsonNode json(Answer answer) throws IOException {
        return KubernetesJson.parseJson(answer.body(), JsonNode.class);
    }
}
