package dev.kubesent.diagnosis.kubelet;

/**
 * What one of a chain says.
 *
 * @param from its place in the message, in characters
 * @param to behind its last character
 * @param isWrapper whether it only says that something else has failed
 */
public record Clause(Speaker speaker, Phase phase, int from, int to, String text, boolean isWrapper) {}
