package dev.kubesent.diagnosis.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.api.v1alpha1.Cause;
import java.util.ArrayList;
import java.util.List;

/** Reads what a model wrote, and believes only what can be checked: the schema, and that every quote was really sent. */
public final class AnswerReader {

    private static final int QUOTES = 20;
    private static final int TEXT = 4000;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AnswerReader() {}

    /** Why an answer is of no use. */
    public static final class UnusableAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableAnswerException(String why) {
            super(why);
        }
    }

    /** @param prompt that a quote has to stand in @throws UnusableAnswerException for everything that is wrong with it */
    public static ModelAnswer read(String json, Prompt prompt) throws UnusableAnswerException {
        var tree = tree(json);
        var answer = new ModelAnswer(
                text(tree, "root_cause"), cause(tree), text(tree, "suggested_fix_yaml"), score(tree), evidence(tree));
        for (var quote : answer.evidence()) {
            if (!prompt.has(quote)) {
                throw new UnusableAnswerException("ungrounded: it quotes what was not sent");
            }
        }
        return answer;
    }

    private static JsonNode tree(String json) throws UnusableAnswerException {
        try {
            var tree = JSON.readTree(json);
            if (tree == null || !tree.isObject()) {
                throw new UnusableAnswerException("the answer is no JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new UnusableAnswerException("the answer is no JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    private static String text(JsonNode tree, String field) throws UnusableAnswerException {
        var node = tree.path(field);
        if (!node.isTextual() || node.asText().length() > TEXT) {
            throw new UnusableAnswerException(field + " is no text, or too long");
        }
        return node.asText();
    }

    private static Cause cause(JsonNode tree) throws UnusableAnswerException {
        var name = text(tree, "cause");
        return AnswerSchema.causes().stream()
                .filter(cause -> cause.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnusableAnswerException("cause is not one of ours"));
    }

    private static int score(JsonNode tree) throws UnusableAnswerException {
        var node = tree.path("confidence_score");
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asLong() < 0 || node.asLong() > 100) {
            throw new UnusableAnswerException("confidence_score is not a whole number from 0 to 100");
        }
        return node.asInt();
    }

    private static List<String> evidence(JsonNode tree) throws UnusableAnswerException {
        var lines = new ArrayList<String>();
        for (var line : tree.path("evidence")) {
            if (!line.isTextual()) {
                throw new UnusableAnswerException("evidence is not a list of texts");
            }
            lines.add(line.asText());
        }
        if (lines.isEmpty() || lines.size() > QUOTES) {
            throw new UnusableAnswerException("evidence has " + lines.size() + " lines");
        }
        return lines;
    }
}
