package dev.kubesent.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventReaderTest {

    @Test
    void binary_mode_takes_headers_in_any_case() {
        var event = single(Map.of("CE-SpecVersion", "1.0", "Ce-Id", "1", "ce-source", "s", "cE-tYpE", "t"), "{}");

        assertThat(event.attribute("id")).isEqualTo("1");
        assertThat(event.type()).isEqualTo("t");
        assertThat(event.dataContentType()).isEmpty();
    }

    /** CloudEvents HTTP binding 3.1.3.2: unquote first, then one round of percent-decoding. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Euro%20%E2%82%AC%20%F0%9F%98%80 | Euro € 😀",
                "%e2%82%ac | €",
                "\"a b\" | a b",
                "\"a \\\" b\" | a \" b",
                "%2520 | %20",
                "100% | 100%",
                "50%zz | 50%zz",
            })
    void header_values_are_unquoted_and_percent_decoded_once(String raw, String decoded) {
        assertThat(single(binary("ce-subject", raw), "{}").attribute("subject")).isEqualTo(decoded);
    }

    @Test
    void a_header_that_does_not_decode_to_utf_8_is_refused() {
        assertThat(problem(binary("ce-subject", "%C0%A0"), "{}").kind()).isEqualTo(Problem.Kind.NOT_A_CLOUD_EVENT);
    }

    @ParameterizedTest
    @CsvSource({"specversion", "id", "source", "type"})
    void a_missing_attribute_is_named(String attribute) {
        var headers = new HashMap<>(binary("ce-x", "y"));
        headers.remove("ce-" + attribute);

        assertThat(problem(headers, "{}").detail()).contains("'ce-" + attribute + "'");
    }

    @Test
    void another_version_of_the_specification_is_refused() {
        assertThat(problem(binary("ce-specversion", "0.3"), "{}").detail()).contains("0.3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"data\": {\"a\": 1} | {\"a\": 1}",
                "\"data\": \"text\" | \"text\"",
                "\"data\": [1, {\"b\": []}] | [1, {\"b\": []}]",
                "\"data\": 12.5 | 12.5",
                "\"data_base64\": \"eyJhIjoxfQ==\" | {\"a\":1}",
                "\"data\": null, \"data_base64\": \"eyJhIjoxfQ==\" | {\"a\":1}",
            })
    void structured_mode_cuts_the_data_out_unparsed(String member, String data) {
        var body = "{\"specversion\":\"1.0\",\"id\":\"é\",\"type\":\"t\", " + member + ", \"source\":\"s\"}";

        var event = single(Map.of("content-type", "application/cloudevents+json; charset=UTF-8"), body);

        assertThat(new String(event.data(), StandardCharsets.UTF_8)).isEqualTo(data);
        assertThat(event.attribute("id")).isEqualTo("é");
    }

    @Test
    void structured_mode_reads_other_charsets() {
        var body = "{\"specversion\":\"1.0\",\"id\":\"é\",\"type\":\"t\",\"source\":\"s\",\"data\":{}}"
                .getBytes(StandardCharsets.ISO_8859_1);

        var delivery = CloudEventReader.read(
                new Request(Map.of("content-type", "application/cloudevents+json;charset=\"iso-8859-1\""), body));

        assertThat(readable(((Delivery.Single) delivery).element()).attribute("id"))
                .isEqualTo("é");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/cloudevents+avro | x | UNSUPPORTED_MEDIA_TYPE",
                "application/cloudevents+json; charset=klingon | {} | UNSUPPORTED_MEDIA_TYPE",
                "application/cloudevents+json | {\"specversion\": | MALFORMED_JSON",
                "application/cloudevents+json | [] | NOT_A_CLOUD_EVENT",
                "application/cloudevents+json | {} | NOT_A_CLOUD_EVENT",
                "application/cloudevents+json | {\"specversion\":{}} | NOT_A_CLOUD_EVENT",
                "application/cloudevents-batch+json | {} | NOT_A_CLOUD_EVENT",
                "application/cloudevents-batch+json | [{] | MALFORMED_JSON",
                "application/json | {} | NOT_A_CLOUD_EVENT",
                "text/plain | hello | NOT_A_CLOUD_EVENT",
            })
    void what_is_no_event_gets_a_reason(String contentType, String body, Problem.Kind kind) {
        assertThat(problem(Map.of("content-type", contentType), body).kind()).isEqualTo(kind);
    }

    @Test
    void malformed_json_is_told_with_its_place() {
        var problem = problem(Map.of("content-type", "application/cloudevents+json"), "{\"specversion\":\n  oops}");

        assertThat(problem.detail()).contains("line 2, column 3");
    }

    @Test
    void each_element_of_a_batch_stands_for_itself() {
        var good = "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\"}";

        var delivery = CloudEventReader.read(request(
                Map.of("content-type", "application/cloudevents-batch+json"), "[" + good + ", 7, {}, " + good + "]"));

        assertThat(((Delivery.Batch) delivery).elements())
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("Readable", "Unreadable", "Unreadable", "Readable");
    }

    private static Map<String, String> binary(String name, String value) {
        var headers = new HashMap<>(Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "s", "ce-type", "t"));
        headers.put(name, value);
        return headers;
    }

    private static CloudEvent single(Map<String, String> headers, String body) {
        return readable(((Delivery.Single) CloudEventReader.read(request(headers, body))).element());
    }

    private static CloudEvent readable(Delivery.Element element) {
        return assertThat(element)
                .asInstanceOf(type(Delivery.Readable.class))
                .actual()
                .event();
    }

    private static Problem problem(Map<String, String> headers, String body) {
        var element = ((Delivery.Single) CloudEventReader.read(request(headers, body))).element();
        return assertThat(element)
                .asInstanceOf(type(Delivery.Unreadable.class))
                .actual()
                .problem();
    }

    private static Request request(Map<String, String> headers, String body) {
        return new Request(headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
