package dev.kubesent.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No answer of 90 or more, where the gate acts, rests on circumstances alone: that something failed at a place and time, that a probe fails, that
 * a line says "Starting". Of every public report, without a word of who knows.
 */
class CircumstancesTest {

    private static final int ACTS = 90;

    private static final int LEAST_REPORTS = 440;

    /** What Kubernetes states in fields made for it is no circumstance: an OOM kill with a limit; so too the reason of a pod that is over. */
    private static final Set<String> BY_FIELDS =
            Set.of("MEMORY_LIMIT_TOO_LOW", "POD_LIMIT_TOO_LOW", "JAVA_HEAP_AGAINST_LIMIT", "HEAP_AGAINST_LIMIT");

    @Test
    void no_report_without_its_words_is_sure() {
        var reports = Report.below(Report.ALL);
        assertThat(reports).hasSizeGreaterThanOrEqualTo(LEAST_REPORTS);
        assertThat(reports).allSatisfy(report -> {
            var answer = Corpus.ask(without(report.request(), List.of(), "Liveness probe failed: ?"));
            assertThat(answer.path("confidence_score").asInt())
                    .as(report + ": " + answer.path("root_cause").asText())
                    .isLessThan(isField(report, answer) ? 101 : ACTS);
        });
    }

    private static boolean isField(Report report, JsonNode answer) {
        return BY_FIELDS.contains(answer.path("cause").asText())
                || !report.request().at("/pod/status/reason").asText().isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Starting application",
                "Starting HTTP server on :9999",
                "starting to listen",
                "Booting worker with pid: 7",
                "initializing",
                "Loading configuration from /etc/app.yaml",
                "listening on :9999",
                "Server is ready"
            })
    void a_probe_that_is_refused_and_a_line_are_not_sure(String line) {
        var kept = Report.below(Report.ALL).stream()
                .filter(report -> report.request().path("events").toString().contains("failed liveness probe"))
                .toList();
        assertThat(kept).hasSizeGreaterThanOrEqualTo(6);
        assertThat(kept).allSatisfy(report -> {
            var answer = Corpus.ask(without(
                    report.request(),
                    List.of(line),
                    "Liveness probe failed: Get \"http://10.244.0.9:8080/healthz\": dial tcp 10.244.0.9:8080:"
                            + " connect: connection refused"));
            if (!report.request()
                    .at("/pod/spec/containers/0/livenessProbe/httpGet/host")
                    .asText()
                    .isEmpty()) {
                return; // The spec itself says there that the kubelet asks the node.
            }
            assertThat(answer.path("confidence_score").asInt())
                    .as(report + ": " + answer.path("root_cause").asText())
                    .isLessThan(ACTS);
        });
    }

    /** The same pod, its reasons, codes and times, and nothing that anybody said. */
    private static JsonNode without(JsonNode request, List<String> log, String probe) {
        ObjectNode copy = request.deepCopy();
        for (var list : List.of("containerStatuses", "initContainerStatuses")) {
            copy.at("/pod/status/" + list).forEach(CircumstancesTest::silence);
        }
        blank(copy.at("/pod/status"), "message");
        copy.at("/pod/status/conditions").forEach(condition -> blank(condition, "message"));
        copy.path("events").forEach(event -> {
            var reason = event.path("reason").asText();
            if (!reason.equals("Killing")) {
                ((ObjectNode) event).put("message", reason.equals("Unhealthy") ? probe : "?");
            }
        });
        if (copy.has("logs")) {
            copy.put("logs", String.join("\n", log));
        }
        return copy;
    }

    private static void silence(JsonNode status) {
        for (var path : List.of("/state/waiting", "/state/terminated", "/lastState/waiting", "/lastState/terminated")) {
            blank(status.at(path), "message");
        }
    }

    private static void blank(JsonNode node, String field) {
        if (node instanceof ObjectNode object && object.has(field)) {
            object.put(field, "?");
        }
    }
}
