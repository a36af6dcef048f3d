package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.StartsTheApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application over real HTTP, on the embedded cluster. */
@StartsTheApplication
class HttpTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext application;
    private static URI root;

    @BeforeAll
    static void start() {
        var settings = Settings.read(Map.of("KUBESENT_MAX_BODY", "64Ki")::get, false);
        application = Main.start(CommandLine.parse("--server.port=0"), settings);
        root = URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
        application.getBean(LocalRun.class).adoptSamples();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/heal"})
    void a_failing_pod_is_answered_with_one_cloud_event(String path) throws Exception {
        var response = post(path, sample("05-crash-with-log.http"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ce-type")).hasValue("dev.kubesent.incident.noautomaticfix");
        assertThat(response.headers().firstValue("ce-specversion")).hasValue("1.0");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).contains("DATABASE_URL is not set");
    }

    @Test
    void a_pod_of_ones_own_is_healed_too() throws Exception {
        var own = Files.readString(Path.of("events/01-bare-pod-oom.http"))
                .replace("\"name\":\"oom\"", "\"name\":\"mine\"")
                .replace("6d48c2af", "00000000");
        var request = binaryEvent("https://10.96.0.1:443", "dev.knative.apiserver.resource.update");

        var response = send("/", request, own.split("\n\n", 2)[1]);

        assertThat(response.headers().firstValue("ce-type")).hasValue("dev.kubesent.incident.verifying");
    }

    @Test
    void a_sweep_is_told_of_and_another_right_after_it_is_not_made() throws Exception {
        var ping = binaryEvent("/apis/v1/namespaces/kubesent/pingsources/sweep", "dev.knative.sources.ping");

        var first = send("/sweep", ping, "{}");
        var second = send("/sweep", ping, "{}");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("ce-type")).hasValue("dev.kubesent.sweep.finished");
        assertThat(first.body()).contains("\"pods\":");
        assertThat(second.statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/diagnose", "/analyze"})
    void the_doctor_alone_is_asked_with_a_pod_and_its_log(String path) throws Exception {
        var response = send(path, HttpRequest.newBuilder(), Files.readString(Path.of("events/diagnose/locked.json")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).contains("\"cause\":\"KILLED_BY_SIGNAL\"", "\"source\":\"rules: KilledBySignal\"");
    }

    @Test
    void the_doctor_tells_what_is_wrong_with_a_question() throws Exception {
        var response = send("/diagnose", HttpRequest.newBuilder(), "{\"logs\":\"x\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("'pod' is missing");
    }

    @Test
    void a_structured_event_is_read_whole() throws Exception {
        var response = send(
                "/",
                HttpRequest.newBuilder().header("Content-Type", "application/cloudevents+json; charset=UTF-8"),
                Files.readString(Path.of("events/04-refused-image.json")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("IMAGE_CREDENTIALS_REFUSED");
    }

    @Test
    void bytes_that_are_no_utf_8_arrive_as_they_were_sent() throws Exception {
        var event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"specversion\":\"é€\"}";

        var response = post(
                "/",
                HttpRequest.newBuilder()
                        .header("content-type", "application/cloudevents+json; charset=windows-1252")
                        .POST(BodyPublishers.ofByteArray(event.getBytes("windows-1252"))));

        assertThat(response.body()).contains("is 'é€'");
    }

    @Test
    void a_batch_is_answered_with_a_batch() throws Exception {
        var event = Files.readString(Path.of("events/04-refused-image.json"));

        var response = send(
                "/",
                HttpRequest.newBuilder().header("content-type", "application/cloudevents-batch+json"),
                "[" + event + "," + event.replace("resource.update", "resource.delete") + "]");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/cloudevents-batch+json");
    }

    @Test
    void one_bad_element_of_a_batch_is_told_and_the_others_are_handled() throws Exception {
        var event = Files.readString(Path.of("events/04-refused-image.json"));

        var response = send(
                "/",
                HttpRequest.newBuilder().header("content-type", "application/cloudevents-batch+json"),
                "[" + event + ", {}]");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("1 of 2 events were not handled, the others were", "\"index\":1,\"status\":400")
                .doesNotContain("\"index\":0");
    }

    @Test
    void a_healthy_pod_is_answered_with_an_empty_204() throws Exception {
        var response = post("/", sample("08-healthy.http"));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void the_default_event_of_func_invoke_is_answered_with_204() throws Exception {
        var response = send("/", binaryEvent("/boson/fn", "boson.fn"), "{\"message\":\"Hello World\"}");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"hello,text/plain", "{},application/json", "'',application/json"})
    void what_is_no_cloud_event_gets_a_400_that_says_so(String body, String contentType) throws Exception {
        var response = send("/", HttpRequest.newBuilder().header("content-type", contentType), body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("'ce-specversion' is missing");
    }

    @Test
    void malformed_json_is_told_with_its_place() throws Exception {
        var response = post("/", sample("09-malformed.http"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("line 1, column");
    }

    @Test
    void a_media_type_nobody_reads_is_a_415() throws Exception {
        var response = send("/", HttpRequest.newBuilder().header("content-type", "application/cloudevents+avro"), "x");

        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void a_body_over_the_limit_is_a_413_and_names_the_setting() throws Exception {
        var response = send("/", HttpRequest.newBuilder(), "x".repeat(70_000));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("KUBESENT_MAX_BODY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"05-crash-with-log.http", "08-healthy.http", "09-malformed.http"})
    void nothing_of_a_request_comes_back(String name) throws Exception {
        var request = sample(name)
                .header("Authorization", "Bearer very-secret")
                .header("Cookie", "session=very-secret")
                .header("Ce-Mine", "very-secret");

        var response = send("/", request, body(name));

        assertThat(response.headers().map().toString().toLowerCase(Locale.ROOT))
                .doesNotContain("very-secret")
                .doesNotContain("kn-namespace")
                .doesNotContain("kubesent-in")
                .doesNotContain("ce-mine");
    }

    @Test
    void other_methods_are_405_and_the_webhook_handshake_is_answered() throws Exception {
        var get = HTTP.send(
                HttpRequest.newBuilder(root.resolve("/heal")).GET().build(), HttpResponse.BodyHandlers.ofString());
        var options = HTTP.send(
                HttpRequest.newBuilder(root)
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("WebHook-Allowed-Origin")).hasValue("*");
    }

    @Test
    void nothing_else_of_the_catalog_is_callable() throws Exception {
        var response = post("/functionRouter", sample("05-crash-with-log.http"));

        assertThat(response.statusCode()).isEqualTo(404);
    }

    /** Spring Cloud Function answers with the request's headers, whatever it is called with: nothing may get past the filter. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuatorfoo",
                "/actuator/heal",
                "/actuator/../heal",
                "/actuator/%2e%2e/heal",
                "/actuator/..;/heal",
                "/actuator/health/../../heal",
                "/actuator/metrics/..",
                "/heal/",
                "//heal",
                "/heal;x=y",
                "/actuator;/heal"
            })
    void no_way_round_leads_past_the_filter(String path) throws Exception {
        var request = sample("05-crash-with-log.http").header("Authorization", "Bearer very-secret");

        var response = HTTP.send(request.uri(URI.create(root + path)).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.headers().map().toString())
                .doesNotContain("very-secret")
                .doesNotContain("ce-id");
    }

    @Test
    void what_was_finished_is_counted_where_actuator_shows_it() throws Exception {
        var _ = post("/", sample("06-liveness-kill.http"));

        var metric = HTTP.send(
                HttpRequest.newBuilder(root.resolve("/actuator/metrics/kubesent.incidents?tag=cause:KILLED_BY_PROBE"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(metric.body()).contains("\"value\":1.0");
    }

    @Test
    void prometheus_finds_the_same_numbers() throws Exception {
        var _ = post("/", sample("06-liveness-kill.http"));

        var scraped = HTTP.send(
                HttpRequest.newBuilder(root.resolve("/actuator/prometheus")).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(scraped.statusCode()).isEqualTo(200);
        assertThat(scraped.body()).contains("kubesent_events_total{outcome=");
    }

    @Test
    void readiness_says_that_the_cluster_answers() throws Exception {
        var ready = HTTP.send(
                HttpRequest.newBuilder(root.resolve("/actuator/health/readiness"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("\"cluster\":{\"status\":\"UP\"}");
    }

    private static HttpRequest.Builder binaryEvent(String source, String type) {
        return HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .header("Ce-Specversion", "1.0")
                .header("Ce-Id", "1")
                .header("Ce-Source", source)
                .header("Ce-Type", type);
    }

    private static HttpResponse<String> post(String path, HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.uri(root.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(String path, HttpRequest.Builder request, String body) throws Exception {
        return post(path, request.POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder sample(String name) throws IOException {
        var request = HttpRequest.newBuilder();
        Files.readString(Path.of("events/" + name))
                .split("\n\n", 2)[0]
                .lines()
                .skip(1)
                .forEach(line -> {
                    var header = line.split(": ", 2);
                    request.header(header[0], header[1]);
                });
        return request.POST(BodyPublishers.ofString(body(name)));
    }

    private static String body(String name) throws IOException {
        return Files.readString(Path.of("events/" + name), StandardCharsets.UTF_8)
                .split("\n\n", 2)[1];
    }
}
