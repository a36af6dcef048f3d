package dev.kubesent.diagnosis.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.ModelAnswer;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.model.Opinion.Ended;
import dev.kubesent.diagnosis.model.Prompt;
import dev.kubesent.diagnosis.model.PromptWriter;
import dev.kubesent.diagnosis.model.Redaction;
import dev.kubesent.diagnosis.model.ShownPod;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /diagnose} of a KubeSent that is only a doctor. */
public final class RemoteDoctor implements Doctor {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String OUT_OF_QUOTA = "the doctor is out of quota";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final Duration deadline;
    private final Redaction.Addresses addresses;
    private final Clock clock;
    private volatile Instant restsUntil = Instant.EPOCH;

    /** @param address of its {@code /diagnose} @param deadline for one question */
    public RemoteDoctor(URI address, Duration deadline, Redaction.Addresses addresses, Clock clock) {
        this.address = address;
        this.deadline = deadline;
        this.addresses = addresses;
        this.clock = clock;
    }

    @Override
    public Opinion ask(Evidence evidence) {
        var rest = restsUntil;
        if (rest.isAfter(clock.instant())) {
            return new Opinion.Deferred(rest, OUT_OF_QUOTA);
        }
        var redaction = new Redaction(addresses);
        var request = HttpRequest.newBuilder(address)
                .timeout(deadline)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question(evidence, redaction)))
                .build();
        try {
            return opinion(client.send(request, HttpResponse.BodyHandlers.ofString()), evidence, redaction);
        } catch (HttpTimeoutException e) {
            return new Opinion.None("the doctor did not answer within " + deadline, Ended.TOO_LATE);
        } catch (IOException e) {
            return new Opinion.None("the doctor cannot be reached: " + e.getMessage(), Ended.UNUSABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Opinion.None("interrupted", Ended.TOO_LATE);
        }
    }

    private static String question(Evidence evidence, Redaction redaction) {
        var question = JsonNodeFactory.instance.objectNode();
        question.put("pod", KubernetesJson.yaml(ShownPod.of(evidence, redaction)));
        question.put(
                "logs",
                redaction.text(String.join("\n", evidence.log().present().orElse(List.of()))));
        question.put("owner", evidence.workload().display());
        var events = question.putArray("events");
        evidence.events().present().orElse(List.of()).stream()
                .map(ObservedEvent::toString)
                .map(redaction::text)
                .forEach(events::add);
        return question.toString();
    }

    private Opinion opinion(HttpResponse<String> response, Evidence evidence, Redaction redaction) {
        return switch (response.statusCode()) {
            case 200 -> given(response.body(), PromptWriter.write(evidence, redaction));
            case 429 -> {
                restsUntil = clock.instant().plus(retryAfter(response));
                yield new Opinion.Deferred(restsUntil, OUT_OF_QUOTA);
            }
            case 504 -> new Opinion.None("the doctor's deadline was over", Ended.TOO_LATE);
            case 400, 401, 403, 413 ->
                new Opinion.None("the doctor refused: HTTP " + response.statusCode(), Ended.REFUSED);
            default -> new Opinion.None("the doctor answered HTTP " + response.statusCode(), Ended.UNUSABLE);
        };
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("retry-after")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(RETRY_AFTER);
    }

    /** @param prompt what it can have shown to a model, of what it was sent */
    private static Opinion given(String body, Prompt prompt) {
        try {
            var tree = JSON.readTree(body);
            var source = tree.path("source").asText();
            if (!source.startsWith("model ")) {
                return new Opinion.None("the doctor knows no more than the rules", Ended.UNUSABLE);
            }
            var answer = answer(tree);
            if (answer.evidence().isEmpty() || !answer.evidence().stream().allMatch(prompt::has)) {
                return new Opinion.None("ungrounded: the doctor quotes what was not sent", Ended.UNUSABLE);
            }
            return new Opinion.Given(answer, source.substring("model ".length()), List.of());
        } catch (IOException | IllegalArgumentException e) {
            return new Opinion.None("the doctor's answer cannot be read: " + e.getMessage(), Ended.UNUSABLE);
        }
    }

    private static ModelAnswer answer(JsonNode tree) {
        var lines = new ArrayList<String>();
        tree.path("evidence").forEach(line -> lines.add(line.asText()));
        var score = tree.path("confidence_score").asInt(-1);
        if (score < 0 || score > 100) {
            throw new IllegalArgumentException("confidence_score");
        }
        return new ModelAnswer(
                tree.path("root_cause").asText(),
                Cause.valueOf(tree.path("cause").asText()),
                tree.path("suggested_fix_yaml").asText(),
                score,
                lines);
    }
}
