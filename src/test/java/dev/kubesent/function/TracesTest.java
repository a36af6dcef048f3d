package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpServer;
import dev.kubesent.testing.Answers;
import dev.kubesent.testing.StartsTheApplication;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a collector receives by OTLP. */
@StartsTheApplication
class TracesTest {

    private final List<Span> spans = Collections.synchronizedList(new ArrayList<>());
    private final List<String> senders = new CopyOnWriteArrayList<>();

    @Test
    void an_incidents_stages_are_spans_within_its_own_and_requests_are_none() throws Exception {
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received(exchange.getRequestBody().readAllBytes());
            Answers.send(exchange, 200, "");
        });
        collector.start();
        try {
            var endpoint = "http://127.0.0.1:%d/v1/traces"
                    .formatted(collector.getAddress().getPort());
            var line = CommandLine.parse(
                    "--server.port=0", "--management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint);
            try (var context = Main.start(line, Settings.read(Map.<String, String>of()::get, false))) {
                context.getBean(LocalRun.class).replay(new PrintStream(new ByteArrayOutputStream()));
                try (var client = HttpClient.newHttpClient()) {
                    var port = context.getEnvironment().getProperty("local.server.port");
                    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sweep"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build();
                    assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode())
                            .isBetween(200, 204);
                }
            }

            // All is sent by the time the process has ended.
            var incidents = spans.stream()
                    .filter(span -> span.getName().equals("incident"))
                    .toList();
            assertThat(incidents).isNotEmpty();
            assertThat(spans).extracting(Span::getKind).containsOnly(Span.SpanKind.SPAN_KIND_INTERNAL);
            assertThat(spans).extracting(Span::getName).contains("evidence", "diagnosis", "gate", "remedy");
            assertThat(spans)
                    .filteredOn(span -> !span.getName().equals("incident"))
                    .isNotEmpty()
                    .allSatisfy(span ->
                            assertThat(incidents).extracting(Span::getSpanId).contains(span.getParentSpanId()));
            assertThat(incidents)
                    .allSatisfy(span -> assertThat(span.getAttributesList()).anySatisfy(attribute -> {
                        assertThat(attribute.getKey()).isEqualTo("incident");
                        assertThat(attribute.getValue().getStringValue()).startsWith("demo/");
                    }));
            assertThat(incidents)
                    .allSatisfy(span -> assertThat(span.getAttributesList()).anySatisfy(attribute -> {
                        assertThat(attribute.getKey()).isEqualTo("k8s.namespace.name");
                        assertThat(attribute.getValue().getStringValue()).isEqualTo("demo");
                    }));
            assertThat(senders).isNotEmpty().containsOnly("kubesent");
        } finally {
            collector.stop(0);
        }
    }

    private void received(byte[] body) throws InvalidProtocolBufferException {
        ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(resource -> {
            resource.getResource().getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals("service.name"))
                    .forEach(attribute -> senders.add(attribute.getValue().getStringValue()));
            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        });
    }
}
