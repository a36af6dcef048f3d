package dev.kubesent.diagnosis.signature;

import dev.kubesent.redaction.Legible;

/**
 * What stands in the ConfigMap of own signatures and does not count.
 *
 * @param key of the ConfigMap
 * @param id of the entry, or its place in the list; empty where the whole key cannot be read
 * @param why without the text itself, of which nobody knows what it holds
 */
public record UnusableSignature(String key, String id, String why) {

    /** Characters. */
    private static final int LONGEST = 200;

    public UnusableSignature {
        key = cut(key);
        id = cut(id);
        why = cut(why);
    }

    private static String cut(String text) {
        var line = Legible.line(text);
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    @Override
    public String toString() {
        return id.isEmpty() ? "key %s: %s".formatted(key, why) : "key %s, signature %s: %s".formatted(key, id, why);
    }
}
