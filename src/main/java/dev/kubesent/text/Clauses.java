package dev.kubesent.text;

import java.util.List;
import java.util.stream.Collectors;

/** Sentences that become parts of a longer one: an advice ends in a full stop, a reason does not. */
public final class Clauses {

    private Clauses() {}

    /** As it stands before something else: without its full stop. What is left open (...) stays so. */
    public static String open(String sentence) {
        return sentence.endsWith(".") && !sentence.endsWith("..")
                ? sentence.substring(0, sentence.length() - 1)
                : sentence;
    }

    /** One after the other, as one line; the last keeps its full stop. */
    public static String joined(List<String> sentences) {
        return sentences.isEmpty()
                ? ""
                : sentences.stream()
                        .limit(sentences.size() - 1)
                        .map(sentence -> open(sentence) + "; ")
                        .collect(Collectors.joining("", "", sentences.getLast()));
    }
}
