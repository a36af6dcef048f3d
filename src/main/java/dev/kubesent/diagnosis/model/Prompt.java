package dev.kubesent.diagnosis.model;

import java.util.List;

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

    public Prompt {
        lines = List.copyOf(lines);
    }

    /** Whether this really was sent. */
    public boolean has(String quote) {
        return quote.strip().length() >= SHORTEST_QUOTE
                && lines.stream().anyMatch(line -> line.contains(quote.strip()));
    }
}
