package dev.kubesent.diagnosis.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.model.AnswerReader;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.model.Opinion.Ended;
import dev.kubesent.diagnosis.model.Prompt;
import dev.kubesent.diagnosis.model.PromptWriter;
import dev.kubesent.diagnosis.model.ShownPod;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.redaction.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code POST /diagnose} of a KubeSent that is only a doctor. */
public final class RemoteDoctor implements Doctor {

    /** Where the other one does not say when to come again. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    /** Bytes. */
    private static final long LONGEST_ANSWER = 1 << 18;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String OUT_OF_QUOTA = "the doctor is out of quota";

    private final URI address;
    private final Duration deadline;
    private final Redaction.Addresses addresses;
    private final Clock clock;
    private volatile Instant restsUntil = Instant.EPOCH;
    private Optional<HttpClient> client = Optional.empty();

    /** @param address of its {@code /diagnose} @param deadline for one question */
    public RemoteDoctor(URI address, Duration deadline, Redaction.Addresses addresses, Clock clock) {
        this.address = address;
        this.deadline = deadline;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Made for the first question: it reads the JDK's public authorities, for which no other event is to wait (docs/decisions/0143). */
    private synchronized HttpClient client() {
        var there = client.orElseGet(HttpClient::newHttpClient);
        client = Optional.of(there);
        return there;
    }

    @Override
    public Opinion ask(Evidence evidence) {
        var rest = restsUntil;
        if (rest.isAfter(clock.instant())) {
            return new Opinion.Deferred(rest, OUT_OF_QUOTA);
        }
        var redaction = new Redaction(addresses);
        // Twice: what the log gives away as a secret may stand in the pod.
        question(evidence, redaction);
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question(evidence, redaction)))
                .build();
        var answer = sent(request);
        try {
            // A time-out of the request would end with the headers; this one is for the body too.
            return opinion(answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS), evidence, redaction);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Opinion.None("the doctor did not answer within " + deadline, Ended.TOO_LATE);
        } catch (ExecutionException e) {
            return new Opinion.None("the doctor cannot be reached: " + e.getCause(), Ended.UNUSABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            return new Opinion.None("interrupted", Ended.TOO_LATE);
        }
    }

    /** Where no client can be made, nothing is reached. */
    private CompletableFuture<HttpResponse<String>> sent(HttpRequest request) {
        try {
            return client().sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
        } catch (UncheckedIOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String question(Evidence evidence, Redaction redaction) {
        var question = JsonNodeFactory.instance.objectNode();
        question.put("pod", KubernetesJson.yaml(ShownPod.of(evidence, redaction)));
        question.put("logs", PromptWriter.log(evidence, redaction));
        question.put("container", evidence.failure().subject().container());
        question.put("owner", evidence.workload().display());
        var events = question.putArray("events");
        PromptWriter.latestEvents(evidence).stream().map(redaction::text).forEach(events::add);
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
            var source = JSON.readTree(body).path("source").asText();
            return source.startsWith("model ")
                    ? new Opinion.Given(AnswerReader.read(body, prompt), source.substring("model ".length()), List.of())
                    : new Opinion.None("the doctor knows no more than the rules", Ended.UNUSABLE);
        } catch (IOException | AnswerReader.UnusableAnswerException e) {
            return new Opinion.None("the doctor's answer is of no use: " + e.getMessage(), Ended.UNUSABLE);
        }
    }
}
