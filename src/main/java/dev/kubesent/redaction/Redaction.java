package dev.kubesent.redaction;

import dev.kubesent.text.Effort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes out of a text what nobody outside the cluster may read, and puts the same placeholder wherever the same value
 * stands, so that a model can still tell that two are one. One for each prompt.
 */
public final class Redaction implements Redactor {

    /** Whether addresses of people and machines are taken out as well. */
    public enum Addresses {
        REMOVED,
        KEPT
    }

    private final Addresses addresses;
    private final Map<String, String> placeholders = new HashMap<>();
    private final Known known = new Known();

    public Redaction(Addresses addresses) {
        this.addresses = addresses;
    }

    /** Any text; what is too long is cut, and never in the middle of a word. */
    @Override
    public String text(String text) {
        var redacted = replaced(Secrets.in(Bound.lines(text)));
        redacted = replaced(Secrets.in(redacted, Kinds.IDS));
        if (addresses == Addresses.REMOVED) {
            redacted = replaced(Secrets.in(redacted, Kinds.ADDRESSES));
        }
        return known.replaced(redacted);
    }

    @Override
    public String hidden(String secret) {
        return placeholder("secret", secret);
    }

    /** A word of letters and digits, which may be a password, wherever it stands; and what in it is one. */
    @Override
    public String unknown(String value) {
        var found = Secrets.in(value);
        found.spans().forEach(span -> placeholder(span.kind(), found.text().substring(span.start(), span.end())));
        return value.length() >= 8
                        && value.chars().allMatch(Character::isLetterOrDigit)
                        && value.chars().anyMatch(Character::isDigit)
                ? placeholder("value", value)
                : numbered("value", value);
    }

    private String replaced(Secrets.Found found) {
        var shown = new StringBuilder();
        int from = 0;
        for (var span : found.spans()) {
            shown.append(found.text(), from, span.start())
                    .append(placeholder(span.kind(), found.text().substring(span.start(), span.end())));
            from = span.end();
        }
        return from == 0
                ? found.text()
                : shown.append(found.text(), from, found.text().length()).toString();
    }

    private String placeholder(String kind, String secret) {
        var placeholder = numbered(kind, secret);
        known.add(secret, placeholder);
        return placeholder;
    }

    private String numbered(String kind, String secret) {
        return placeholders.computeIfAbsent(secret, _ -> "<" + kind + "-" + (placeholders.size() + 1) + ">");
    }

    /** What was recognised as a secret in one place is one wherever it stands. */
    private static final class Known {

        /** Characters; what is shorter stands in too many words. */
        private static final int SHORTEST = 6;

        /** Secrets that are looked for: a text that is made to have more of them has them redacted where they are found, and not elsewhere. */
        private static final int MOST = 1_000;

        /** By their first characters, so that one walk over a text finds all. */
        private final Map<String, Map<String, String>> secrets = new HashMap<>();

        private int size;

        void add(String secret, String placeholder) {
            if (secret.length() >= SHORTEST && size < MOST) {
                var alike = secrets.computeIfAbsent(secret.substring(0, SHORTEST), _ -> new HashMap<>());
                size += alike.putIfAbsent(secret, placeholder) == null ? 1 : 0;
            }
        }

        /** A text for which no work is left is not shown. */
        String replaced(String text) {
            try {
                return secrets.isEmpty() ? text : sought(text);
            } catch (Effort.SpentException e) {
                return Effort.NOT_SHOWN;
            }
        }

        private String sought(String text) {
            Effort.steps(1 + text.length());
            var shown = new StringBuilder();
            for (int i = 0; i < text.length(); ) {
                var secret = longestAt(text, i);
                if (secret.isEmpty()) {
                    shown.append(text.charAt(i++));
                } else {
                    shown.append(secrets.getOrDefault(secret.substring(0, SHORTEST), Map.of())
                            .get(secret));
                    i += secret.length();
                }
            }
            return shown.toString();
        }

        /** Empty where none is. */
        private String longestAt(String text, int at) {
            if (at + SHORTEST > text.length()) {
                return "";
            }
            var alike = secrets.getOrDefault(text.substring(at, at + SHORTEST), Map.of())
                    .keySet();
            if (!alike.isEmpty()) {
                Effort.steps(alike.size());
            }
            return alike.stream()
                    .filter(secret -> text.startsWith(secret, at))
                    .filter(secret -> !isPlain(secret) || isWord(text, at, at + secret.length()))
                    .max(java.util.Comparator.comparingInt(String::length))
                    .orElse("");
        }

        /** A short plain word is one only as a word. */
        private static boolean isPlain(String secret) {
            return secret.length() < 10 && secret.chars().allMatch(Character::isLetter);
        }

        private static boolean isWord(String text, int start, int end) {
            return List.of(start - 1, end).stream()
                    .allMatch(i -> i < 0 || i >= text.length() || !Character.isLetterOrDigit(text.charAt(i)));
        }
    }
}
