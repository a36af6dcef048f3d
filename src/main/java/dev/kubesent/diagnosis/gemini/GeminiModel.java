package dev.kubesent.diagnosis.gemini;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import dev.kubesent.diagnosis.model.AnswerSchema;
import dev.kubesent.diagnosis.model.LanguageModel;
import dev.kubesent.diagnosis.model.Prompt;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * {@code generateContent} of the Gemini API or of Vertex AI.
 *
 * <p>The SDK's defaults are none of ours: no time-out at all, and five attempts with up to a minute between them, which
 * turn a time-out of 2 s into 25 s (research/ecosystem.md, 7). So every request carries its own time-out, and one attempt.
 */
public final class GeminiModel implements LanguageModel {

    /** Tokens; an answer of this schema has a few hundred, and what a model thinks counts as well. */
    private static final int LONGEST_ANSWER = 8192;

    /** google.rpc.RetryInfo, which the SDK has only in the text of its message. */
    private static final Pattern RETRY_DELAY = Pattern.compile("retryDelay\\W{1,8}(\\d+(?:\\.\\d+)?)s");

    private static final HttpRetryOptions ONCE =
            HttpRetryOptions.builder().attempts(1).initialDelay(0.0).build();

    private final Supplier<Client> client;

    /** @param client gives the one client; built when it is first asked for, as that alone slows a cold start */
    public GeminiModel(Supplier<Client> client) {
        this.client = client;
    }

    @Override
    public Answer generate(String model, Prompt prompt, Duration timeout) {
        var config = GenerateContentConfig.builder()
                .systemInstruction(Content.fromParts(Part.fromText(prompt.instruction())))
                .responseMimeType("application/json")
                .responseJsonSchema(AnswerSchema.json())
                .maxOutputTokens(LONGEST_ANSWER)
                .httpOptions(HttpOptions.builder()
                        .timeout((int) Math.max(1, timeout.toMillis()))
                        .retryOptions(ONCE))
                .build();
        try {
            return answer(client.get().models.generateContent(model, prompt.evidence(), config));
        } catch (ApiException e) {
            return new Answer.Refused(e.code(), retryDelay(e), firstLine(e));
        } catch (RuntimeException e) {
            return new Answer.NoAnswer(firstLine(e));
        }
    }

    private static Answer answer(GenerateContentResponse response) {
        var blocked = response.promptFeedback().flatMap(feedback -> feedback.blockReason());
        if (blocked.isPresent()) {
            return new Answer.Unusable("the prompt was blocked: " + blocked.get());
        }
        var reason = response.finishReason();
        if (reason == null || reason.knownEnum() != FinishReason.Known.STOP) {
            return new Answer.Unusable("it ended with " + reason);
        }
        var text = response.text();
        return text == null || text.isBlank()
                ? new Answer.Unusable("the answer is empty")
                : new Answer.Text(text, tokens(response));
    }

    private static long tokens(GenerateContentResponse response) {
        return response.usageMetadata()
                .flatMap(usage -> usage.totalTokenCount())
                .orElse(0);
    }

    private static Optional<Duration> retryDelay(ApiException e) {
        var delay = RETRY_DELAY.matcher(Objects.requireNonNullElse(e.getMessage(), ""));
        return delay.find()
                ? Optional.of(Duration.ofMillis((long) (Double.parseDouble(delay.group(1)) * 1000)))
                : Optional.empty();
    }

    private static String firstLine(Exception e) {
        var message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        return message.lines().findFirst().orElse("");
    }
}
