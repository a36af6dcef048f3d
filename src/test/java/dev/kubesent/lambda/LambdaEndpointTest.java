package dev.kubesent.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.event.CloudEventReader;
import dev.kubesent.event.Delivery;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each shape of an invocation, as AWS's documentation prints it, in src/test/resources/lambda. */
class LambdaEndpointTest {

    private static final Path SHAPES = Path.of("src/test/resources/lambda");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> asked = new ArrayList<>();
    private final List<Request> events = new ArrayList<>();
    private Function<Request, Reply> healing = _ -> Reply.empty(202);

    private final LambdaEndpoint endpoint = new LambdaEndpoint(
            () -> asked.add("begin"),
            (method, path, request) -> {
                asked.add(method + " " + path);
                events.add(request);
                return healing.apply(request);
            },
            request -> {
                asked.add("heal");
                events.add(request);
                return healing.apply(request);
            },
            _ -> {
                asked.add("sweep");
                return Reply.empty(202);
            });

    static Stream<Path> shapes() throws IOException {
        try (var files = Files.list(SHAPES)) {
            return files.filter(file -> file.getFileName().toString().startsWith("event-")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatever_it_was_sent_through_the_event_is_the_same(Path shape) throws Exception {
        endpoint.answer(Files.readAllBytes(shape));

        assertThat(events).hasSize(1);
        var event =
                ((Delivery.Readable) ((Delivery.Single) CloudEventReader.read(events.getFirst())).element()).event();
        assertThat(event.type()).isEqualTo("dev.knative.apiserver.resource.update");
        assertThat(event.attribute("id")).isNotEmpty();
        assertThat(tree(event.data()).at("/metadata/name").asText()).isEqualTo("zahlung-für-müller");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tick-eventbridge-rule.json", "tick-scheduler.json", "tick-scheduler-through-sqs.json"})
    void a_schedule_is_a_sweep(String shape) throws Exception {
        endpoint.answer(read(shape));

        assertThat(asked).containsExactly("begin", "sweep");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void http_keeps_its_method_and_path(String shape, String expected) {
        endpoint.answer(shape.getBytes(StandardCharsets.UTF_8));

        assertThat(asked).containsExactly("begin", expected);
    }

    static Stream<Arguments> paths() {
        var v2 =
                "{\"version\":\"2.0\",\"rawPath\":\"%s\",\"requestContext\":{\"stage\":\"%s\",\"http\":{\"method\":\"%s\"}}}";
        var v1 = "{\"httpMethod\":\"%s\",\"path\":\"%s\",\"requestContext\":{\"stage\":\"prod\"}}";
        return Stream.of(
                Arguments.of(v2.formatted("/", "$default", "POST"), "POST /"),
                Arguments.of(v2.formatted("", "$default", "POST"), "POST /"),
                Arguments.of(v2.formatted("/prod/sweep", "prod", "POST"), "POST /sweep"),
                Arguments.of(v2.formatted("/prod", "prod", "POST"), "POST /"),
                Arguments.of(v2.formatted("/product", "prod", "GET"), "GET /product"),
                Arguments.of(v1.formatted("POST", "/diagnose"), "POST /diagnose"),
                Arguments.of(v1.formatted("OPTIONS", "/"), "OPTIONS /"));
    }

    @Test
    void http_is_answered_with_status_headers_and_text() throws Exception {
        healing = _ ->
                new Reply(429, Map.of("retry-after", "7"), "{\"title\":\"zu früh\"}".getBytes(StandardCharsets.UTF_8));

        var answer = tree(endpoint.answer(read("event-function-url-base64.json")));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(429);
        assertThat(answer.at("/headers/retry-after").asText()).isEqualTo("7");
        assertThat(answer.path("body").asText()).isEqualTo("{\"title\":\"zu früh\"}");
        assertThat(answer.path("isBase64Encoded").isBoolean()).isTrue();
        assertThat(answer.path("isBase64Encoded").asBoolean()).isFalse();
    }

    @Test
    void a_body_that_is_not_the_base64_it_claims_to_be_is_the_senders_error() throws Exception {
        var answer = tree(endpoint.answer(
                "{\"requestContext\":{\"http\":{\"method\":\"POST\"}},\"body\":\"%%%\",\"isBase64Encoded\":true}"
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
        assertThat(asked).containsExactly("begin");
    }

    @Test
    void of_a_queues_batch_only_what_failed_is_delivered_again() throws Exception {
        healing = request -> switch (CloudEventReader.read(request)) {
            case Delivery.Single(Delivery.Readable(var event))
            when event.attribute("id").equals("2") -> Reply.empty(503);
            case Delivery.Single(Delivery.Readable _), Delivery.Batch _ -> Reply.empty(202);
            case Delivery.Single(Delivery.Unreadable _) -> Reply.empty(400);
        };

        var answer = tree(endpoint.answer(batch(event("1"), event("2"), "no JSON at all", event("4"))));

        assertThat(answer.path("batchItemFailures")
                        .valueStream()
                        .map(item -> item.path("itemIdentifier").asText()))
                .containsExactly("m1", "m2");
        assertThat(asked).containsExactly("begin", "heal", "heal", "heal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-eventbridge.json", "event-sns.json", "event-structured.json"})
    void where_nobody_reads_an_answer_a_failure_is_an_error_that_lambda_repeats(String shape) throws Exception {
        healing = _ -> Reply.empty(503);

        assertThatExceptionOfType(InvocationFailedException.class)
                .isThrownBy(() -> endpoint.answer(read(shape)))
                .withMessageStartingWith("503");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "4",
                "[",
                "{}",
                "{\"Records\":[]}",
                "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}",
                "{\"Records\":[{\"eventSource\":\"aws:sqs\"},{\"EventSource\":\"aws:sns\"}]}",
                "{\"detail-type\":\"x\",\"detail\":{\"detail-type\":\"x\",\"detail\":{\"detail-type\":\"x\",\"detail\":"
                        + "{\"detail-type\":\"x\",\"detail\":{\"detail-type\":\"x\",\"detail\":{\"specversion\":\"1.0\"}}}}}}",
                "{\"pass word\":hunter2}"
            })
    void what_is_none_of_these_is_refused_and_not_repeated_in_words(String payload) {
        assertThatExceptionOfType(InvocationFailedException.class)
                .isThrownBy(() -> endpoint.answer(payload.getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("400")
                .withMessageNotContaining("hunter2");
        assertThat(asked).containsExactly("begin");
    }

    private static byte[] batch(String... bodies) {
        var root = JSON.createObjectNode();
        var records = root.putArray("Records");
        for (int i = 0; i < bodies.length; i++) {
            records.addObject()
                    .put("messageId", "m" + i)
                    .put("eventSource", "aws:sqs")
                    .put("body", bodies[i]);
        }
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"s\",\"type\":\"t\"}".formatted(id);
    }

    private static byte[] read(String shape) throws IOException {
        return Files.readAllBytes(SHAPES.resolve(shape));
    }

    private static JsonNode tree(byte[] json) throws IOException {
        return JSON.readTree(json);
    }
}
