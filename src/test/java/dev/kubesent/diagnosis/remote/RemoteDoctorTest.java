package dev.kubesent.diagnosis.remote;

import static dev.kubesent.testing.Answers.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.ModelAnswer;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.model.Opinion.Ended;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.redaction.Redaction;
import dev.kubesent.testing.Answers;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Questions;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One KubeSent asks another, over HTTP. */
@Isolated
class RemoteDoctorTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    private final MovingClock clock = new MovingClock(NOW);
    private final List<String> questions = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private Answering answering = exchange -> send(exchange, 500, "");

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/diagnose", exchange -> {
            try {
                answering.answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void it_is_told_what_the_other_ones_model_says() {
        answering = another(evidence -> new Opinion.Given(
                new ModelAnswer("A lock.", Cause.KILLED_BY_SIGNAL, "", 94, List.of(Questions.LAST_LINE)),
                "m1",
                List.of()));

        var given = (Opinion.Given) doctor().ask(Questions.evidence(Questions.LAST_LINE));

        assertThat(given.source()).isEqualTo("m1");
        assertThat(given.answer().rootCause()).isEqualTo("A lock.");
        assertThat(given.answer().evidence()).containsExactly(Questions.LAST_LINE);
    }

    @Test
    void secrets_stay_here_already() {
        answering = another(_ -> new Opinion.None("", Ended.UNUSABLE));

        doctor().ask(Questions.evidence("password=hunter2hunter2"));

        assertThat(questions)
                .singleElement()
                .asString()
                .contains("password=<secret-")
                .doesNotContain("hunter2hunter2");
    }

    @Test
    void out_of_quota_is_deferred_as_long_as_it_says_and_not_asked_before() {
        answering = another(_ -> new Opinion.Deferred(NOW.plusSeconds(120), "out of quota"));
        var doctor = doctor();

        assertThat(doctor.ask(Questions.evidence(Questions.LAST_LINE)))
                .isEqualTo(new Opinion.Deferred(NOW.plusSeconds(120), "the doctor is out of quota"));
        clock.forward(Duration.ofSeconds(119));
        assertThat(doctor.ask(Questions.evidence(Questions.LAST_LINE))).isInstanceOf(Opinion.Deferred.class);
        assertThat(questions).hasSize(1);

        clock.forward(Duration.ofSeconds(2));
        doctor.ask(Questions.evidence(Questions.LAST_LINE));
        assertThat(questions).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, REFUSED",
        "403, REFUSED",
        "413, REFUSED",
        "404, UNUSABLE",
        "500, UNUSABLE",
        "503, UNUSABLE",
        "504, TOO_LATE"
    })
    void whatever_it_answers_becomes_no_opinion(int status, Ended ended) {
        answering = exchange -> send(exchange, status, "");

        assertThat(doctor().ask(Questions.evidence(Questions.LAST_LINE)))
                .isInstanceOfSatisfying(
                        Opinion.None.class, none -> assertThat(none.ended()).isEqualTo(ended));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>",
                "{}",
                "null",
                "{\"source\":\"rules: KilledBySignal\"}",
                "{\"source\":\"model m\",\"cause\":\"MOON\",\"confidence_score\":93,\"evidence\":[\"starting\"]}",
                "{\"source\":\"model m\",\"cause\":\"UNKNOWN\",\"confidence_score\":101,\"evidence\":[\"starting\"]}",
                "{\"source\":\"model m\",\"cause\":\"UNKNOWN\",\"confidence_score\":93,\"evidence\":[]}",
                "{\"source\":\"model m\",\"cause\":\"UNKNOWN\",\"confidence_score\":93,\"evidence\":[\"never sent\"]}"
            })
    void what_is_not_a_grounded_answer_is_none(String body) {
        answering = exchange -> send(exchange, 200, body);

        assertThat(doctor().ask(Questions.evidence(Questions.LAST_LINE)))
                .isInstanceOfSatisfying(
                        Opinion.None.class, none -> assertThat(none.ended()).isEqualTo(Ended.UNUSABLE));
    }

    @Test
    void one_that_hangs_is_given_up_at_the_deadline() {
        answering = _ -> Answers.hang();

        assertGivenUpAtTheDeadline();
    }

    @Test
    void one_that_begins_to_answer_and_hangs_is_given_up_as_well() {
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            Answers.hang();
        };

        assertGivenUpAtTheDeadline();
    }

    @Test
    void an_answer_without_end_is_not_read_to_its_end() {
        answering = exchange -> send(exchange, 200, "x".repeat(1 << 20));

        assertThat(doctor().ask(Questions.evidence(Questions.LAST_LINE))).isInstanceOf(Opinion.None.class);
    }

    @Test
    void one_that_is_not_there_is_no_opinion() {
        server.stop(0);

        assertThat(doctor().ask(Questions.evidence(Questions.LAST_LINE)))
                .isInstanceOfSatisfying(
                        Opinion.None.class, none -> assertThat(none.ended()).isEqualTo(Ended.UNUSABLE));
    }

    private void assertGivenUpAtTheDeadline() {
        var begun = System.nanoTime();

        assertThat(doctor().ask(Questions.evidence(Questions.LAST_LINE)))
                .isInstanceOfSatisfying(
                        Opinion.None.class, none -> assertThat(none.ended()).isEqualTo(Ended.TOO_LATE));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2200));
    }

    private Answering another(Doctor itsDoctor) {
        var endpoint = new DiagnoseEndpoint(itsDoctor, ScenarioRun.defaultPolicies(), 1 << 20, 4, clock);
        return exchange -> {
            var body = exchange.getRequestBody().readAllBytes();
            questions.add(new String(body, StandardCharsets.UTF_8));
            var reply = endpoint.answer(new Request(Map.of(), body));
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            send(exchange, reply.status(), new String(reply.body(), StandardCharsets.UTF_8));
        };
    }

    private Doctor doctor() {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/diagnose");
        return new RemoteDoctor(address, Duration.ofSeconds(2), Redaction.Addresses.REMOVED, clock);
    }
}
