package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.function.RunningApplication;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Finding 8: a header, a name or an exception's message wrote a line of its own into the log. Tried in both formats, with every logger. */
@Isolated
class ForgedLogLineTest {

    private static final String FORGED = "2026-11-29T12:00:00.000Z  INFO 1 --- reason=HealingVerified FAKE";

    @ParameterizedTest
    @ValueSource(strings = {"", "logstash"})
    void no_text_writes_a_line_of_its_own_nor_hides_one(String format) throws Exception {
        var out = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (var application = RunningApplication.start(
                Map.of(), "--logging.level.root=INFO", "--logging.structured.format.console=" + format)) {
            var log = LoggerFactory.getLogger("org.example.of.somebody.else");
            log.info("event {}", "x\n" + FORGED + "\u001b[2J\u009b2J\u202e\u2028\r\u0000");
            log.info("text\n" + FORGED);
            log.info("thrown", new IllegalStateException("y\n" + FORGED));
            send(application);
        } finally {
            System.setOut(out);
        }
        var text = printed.toString(StandardCharsets.UTF_8);

        assertThat(text).contains("FAKE", "org.example.of.somebody.else").containsIgnoringCase("001b[2J");
        assertThat(text.lines().filter(line -> line.startsWith("2026-11-29T12:00:00.000Z")))
                .isEmpty();
        assertThat(text.codePoints().filter(c -> c != '\n' && c != '\t' && c != '\r' && Character.isISOControl(c)))
                .isEmpty();
        assertThat(text).doesNotContain("\u202e", "\u2028", "FAKE\r");
    }

    private static void send(RunningApplication application) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var event = HttpRequest.newBuilder(application.uri("/"))
                    .header("content-type", "application/json")
                    .header("ce-specversion", "1.0")
                    .header("ce-id", "x%0a" + FORGED + "%1b[2J")
                    .header("ce-source", "s")
                    .header("ce-type", "dev.knative.apiserver.resource.update")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"namespace\":\"b\",\"uid\":\"c\"},"
                                    + "\"status\":{\"containerStatuses\":[{\"restartCount\":1}]}}"));
            assertThat(client.send(event.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isLessThan(500);
        }
    }
}
