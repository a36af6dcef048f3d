package dev.kubesent.pipeline.diagnose;

import static dev.kubesent.testing.FakeGemini.hangs;
import static dev.kubesent.testing.FakeGemini.outOfQuota;
import static dev.kubesent.testing.FakeGemini.says;
import static dev.kubesent.testing.FakeGemini.status;
import static dev.kubesent.testing.Questions.LAST_LINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.diagnosis.gemini.GeminiModel;
import dev.kubesent.diagnosis.model.Budget;
import dev.kubesent.diagnosis.model.ChainDoctor;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.ModelChain;
import dev.kubesent.diagnosis.model.PromptWriter;
import dev.kubesent.event.Reply;
import dev.kubesent.redaction.Redaction;
import dev.kubesent.testing.FakeGemini;
import dev.kubesent.testing.Questions;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.function.SingletonSupplier;

/** The doctor alone, with Google's SDK and a stand-in for Gemini behind it. */
class DiagnoseEndpointTest {

    private final FakeGemini gemini = new FakeGemini();

    @AfterEach
    void stop() {
        gemini.close();
    }

    @Test
    void what_the_rules_know_is_answered_without_a_model() throws Exception {
        var oom = Questions.KILLED.replace("exitCode: 137, reason: Error", "exitCode: 137, reason: OOMKilled");

        var body = json(ask(Questions.of(oom, "", List.of())));

        assertThat(body.path("cause").asText()).isEqualTo("MEMORY_LIMIT_TOO_LOW");
        assertThat(body.path("source").asText()).isEqualTo("rules: MemoryLimitTooLow");
        assertThat(body.path("suggested_fix_yaml").asText()).contains("name: app", "memory: 164Mi");
        assertThat(body.path("place").asText()).isEqualTo("workload");
        assertThat(body.path("advice").asText()).startsWith("KubeSent can raise the memory limit of container app.");
        assertThat(body.path("evidence").get(0).asText()).contains("OOMKilled");
        assertThat(gemini.asked()).isEmpty();
    }

    @Test
    void a_model_is_asked_where_they_do_not() throws Exception {
        gemini.on("first", says(Questions.answer("KILLED_BY_SIGNAL", "", 93)));

        var reply = ask(Questions.killed());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(json(reply).toPrettyString()).isEqualToNormalizingNewlines("""
            {
              "root_cause" : "It waits for a lock that nobody gives back.",
              "cause" : "KILLED_BY_SIGNAL",
              "place" : "uncertain",
              "advice" : "It suggests no change.",
              "suggested_fix_yaml" : "",
              "confidence_score" : 93,
              "source" : "model first",
              "evidence" : [ "worker 3 waits for the lock on /data/cart.lck" ],
              "note" : "followed"
            }\
            """);
    }

    @Test
    void the_prompt_has_the_pod_the_owner_the_events_and_the_log() throws Exception {
        gemini.on("first", says(Questions.answer("KILLED_BY_SIGNAL", "", 93)));

        ask(Questions.killed());

        assertThat(gemini.requests())
                .singleElement()
                .asString()
                .contains("Deployment/cart", "registry.example.com/shop/cart:1.4.2", "Stopping container", LAST_LINE);
    }

    @Test
    void a_score_below_ninety_is_discarded_and_it_says_so() throws Exception {
        gemini.on("first", says(Questions.answer("MEMORY_LIMIT_TOO_LOW", "", 89)));

        var body = json(ask(Questions.killed()));

        assertThat(body.path("source").asText()).isEqualTo("rules: KilledBySignal");
        assertThat(body.path("note").asText()).isEqualTo("discarded: a score of 89, below 90");
    }

    @Test
    void what_a_model_suggests_is_shown_and_what_is_outside_of_the_allow_list_is_named() throws Exception {
        gemini.on("first", says(Questions.answer("KILLED_BY_SIGNAL", """
            spec:
              hostNetwork: true
              containers:
              - name: app
                securityContext: {privileged: true}
            """, 99)));

        var body = json(ask(Questions.killed()));

        assertThat(body.path("suggested_fix_yaml").asText()).isEmpty();
        assertThat(body.path("note").asText())
                .contains("spec.hostNetwork: may not be changed")
                .contains("spec.containers[*].securityContext.privileged: may not be changed");
    }

    @Test
    void which_models_failed_before_is_said() throws Exception {
        gemini.on("first", status(503)).on("second", says(Questions.answer("KILLED_BY_SIGNAL", "", 93)));

        assertThat(json(ask(Questions.killed())).path("source").asText())
                .isEqualTo("model second, after first: HTTP 503");
    }

    @Test
    void out_of_quota_is_429_with_the_time_to_wait() {
        gemini.on("first", outOfQuota("37s")).on("second", outOfQuota("90s"));

        var reply = ask(Questions.killed());

        assertThat(reply.status()).isEqualTo(429);
        assertThat(Integer.parseInt(reply.headers().get("retry-after"))).isBetween(36, 38);
    }

    @Test
    void past_the_deadline_is_504() {
        gemini.on("first", hangs()).on("second", hangs());

        assertThat(ask(Questions.killed()).status()).isEqualTo(504);
    }

    @Test
    void without_a_usable_answer_the_rules_alone_speak() throws Exception {
        gemini.on("first", status(401));

        var body = json(ask(Questions.killed()));

        assertThat(body.path("source").asText()).isEqualTo("rules: KilledBySignal");
        assertThat(body.path("note").asText()).startsWith("no answer: first: HTTP 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"pod\":42}",
                "{\"pod\":\"- a\\n- list\"}",
                "{\"pod\":\"kind: Pod\"}",
                "{\"pod\":{\"metadata\":{\"name\":\"x\"},\"spec\":{\"containers\":[{\"name\":\"a\"}]}},\"owner\":\"web\"}",
                "{\"pod\":{\"metadata\":{\"name\":\"x\"},\"spec\":{\"containers\":[{\"name\":\"a\"}]}}}"
            })
    void what_is_no_question_is_400_and_asks_nobody(String body) {
        var reply = ask(Questions.raw(body));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(new String(reply.body())).contains("\"detail\":");
        assertThat(gemini.requests()).isEmpty();
    }

    @Test
    void a_status_of_a_container_that_the_spec_does_not_have_is_the_senders_error() {
        var pod = Questions.KILLED.replace("- name: app\n    restartCount", "- name: other\n    restartCount");

        assertThat(ask(Questions.of(pod, "", List.of())).status()).isEqualTo(400);
    }

    @Test
    void an_amount_that_is_none_is_the_senders_error() {
        assertThat(ask(Questions.of(Questions.KILLED.replace("64Mi", "100Ei"), "", List.of()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void it_is_told_which_container_is_meant() throws Exception {
        var two = Questions.KILLED.replace(
                        "  - name: app\n    image", "  - {name: log, image: x}\n  - name: app\n    image")
                + "  - {name: log, restartCount: 1, state: {waiting: {reason: InvalidImageName, message: couldn't"
                + " parse}}}\n";
        var body = new ObjectMapper().createObjectNode().put("pod", two);

        gemini.on("first", says("{}")).on("second", says("{}"));

        assertThat(json(ask(Questions.raw(body.put("container", "app").toString())))
                        .path("cause")
                        .asText())
                .isEqualTo("KILLED_BY_SIGNAL");
        assertThat(json(ask(Questions.raw(body.put("container", "log").toString())))
                        .path("cause")
                        .asText())
                .startsWith("IMAGE");
        assertThat(ask(Questions.raw(body.put("container", "none").toString())).status())
                .isEqualTo(400);
    }

    @Test
    void too_much_is_413() {
        assertThat(ask(Questions.of(Questions.KILLED, "x".repeat(70_000), List.of()))
                        .status())
                .isEqualTo(413);
    }

    private Reply ask(dev.kubesent.event.Request question) {
        var clock = Clock.systemUTC();
        return new DiagnoseEndpoint(doctor(clock), ScenarioRun.defaultPolicies(), 1 << 16, 4, clock).answer(question);
    }

    private Doctor doctor(Clock clock) {
        var chain = new ModelChain(
                List.of("first", "second"),
                new GeminiModel(SingletonSupplier.of(gemini::client)),
                Duration.ofSeconds(2),
                new Budget(100, 100, clock),
                clock);
        return new ChainDoctor(new PromptWriter(Redaction.Addresses.REMOVED), chain, clock);
    }

    private static JsonNode json(Reply reply) throws IOException {
        return new ObjectMapper().readTree(reply.body());
    }
}
