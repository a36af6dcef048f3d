package dev.kubesent.diagnosis.model;

import dev.kubesent.text.Effort;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is sent.
 *
 * @param instruction what the model is to do; ours alone
 * @param evidence the data, marked off as such
 * @param lines of the evidence: a quote has to be one of these, or a part of one
 */
public record Prompt(String instruction, String evidence, List<String> lines) {

    /** Characters; a single word stands anywhere. */
    private static final int SHORTEST_QUOTE = 6;

    /** Headings and bare keys stand in every prompt, and prove nothing. */
    private static final Pattern SCAFFOLD = Pattern.compile("^(?:---.*|[\\s-]*+\\w++:|\\s*+restartPolicy:.*|\\s*+)$");

    public Prompt {
        lines = lines.stream()
                .filter(line -> !SCAFFOLD.matcher(line).matches() && !line.contains(Effort.NOT_SHOWN))
                .toList();
    }

    /** Whether this really was sent. */
    public boolean has(String quote) {
        return quote.strip().length() >= SHORTEST_QUOTE
                && lines.stream().anyMatch(line -> line.contains(quote.strip()));
    }
}
