package dev.kubesent.diagnosis.model;

import dev.kubesent.api.v1alpha1.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What an answer has to look like. It is sent along with the prompt, and checked all the same. */
public final class AnswerSchema {

    private AnswerSchema() {}

    /** What a model may say: all but what only the users of a cluster know. */
    public static List<Cause> causes() {
        return Arrays.stream(Cause.values())
                .filter(cause -> cause != Cause.KNOWN_HERE)
                .toList();
    }

    /** As JSON Schema. */
    public static Map<String, Object> json() {
        var text = Map.of("type", "string");
        var causes = causes().stream().map(Cause::name).toList();
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "root_cause", text,
                        "cause", Map.of("type", "string", "enum", causes),
                        "suggested_fix_yaml", text,
                        "confidence_score", Map.of("type", "integer", "minimum", 0, "maximum", 100),
                        "evidence", Map.of("type", "array", "items", text)),
                "required",
                List.of("root_cause", "cause", "suggested_fix_yaml", "confidence_score", "evidence"));
    }
}
