package dev.kubesent.diagnosis.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of a text what nobody outside the cluster may read, and puts the same placeholder wherever the same value
 * stands, so that a model can still tell that two are one. One for each prompt.
 */
public final class Redaction {

    /** Characters of a line that are looked at; the rest is not sent. */
    private static final int LINE = 2_000;

    /** Characters of a text. */
    private static final int TEXT = 40_000;

    /** Bits a character: base64 has at most 6; English words stay below 3.5 over this length. */
    private static final double RANDOM = 3.6;

    /** Whether addresses of people and machines are taken out as well. */
    public enum Addresses {
        REMOVED,
        KEPT
    }

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/_=%-]{20,}");
    private static final Pattern HEX =
            Pattern.compile("\\b(?:[0-9a-fA-F]{20,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\b");
    private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z-]+-\\d+>");

    private final Addresses addresses;
    private final Map<String, String> placeholders = new HashMap<>();

    public Redaction(Addresses addresses) {
        this.addresses = addresses;
    }

    /** Any text; what is too long is cut, and never in the middle of a word. */
    public String text(String text) {
        var redacted = bounded(text);
        for (var kind : Secrets.ALL) {
            redacted = replace(redacted, kind);
        }
        redacted = HEX.matcher(redacted).replaceAll(match -> placeholder("random", match.group()));
        redacted = randomWords(redacted);
        if (addresses == Addresses.REMOVED) {
            for (var kind : Secrets.ADDRESSES) {
                redacted = replace(redacted, kind);
            }
        }
        return known(redacted);
    }

    /** The value of something that has a name, such as an environment variable. */
    public String value(String name, String value) {
        return Secrets.NAME.matcher(name).find()
                        && !value.isBlank()
                        && !PLACEHOLDER.matcher(value).matches()
                ? placeholder("secret", value)
                : text(value);
    }

    private static String bounded(String text) {
        var whole = shortened(text, TEXT);
        return whole.lines().allMatch(line -> line.length() <= LINE)
                ? whole
                : whole.lines().map(Redaction::shortened).collect(Collectors.joining("\n"));
    }

    private static String shortened(String line) {
        return line.length() <= LINE ? line : shortened(line, LINE) + " (cut)";
    }

    /** Half a secret looks like none, so a word that is cut goes as a whole; of a text that is one word, all after a comma. */
    private static String shortened(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - 1;
        while (end >= 0 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return text.substring(0, end >= 0 ? end : firstSeparator(text, length));
    }

    private static int firstSeparator(String text, int length) {
        int end = 0;
        while (end < length && text.charAt(end) != ',' && text.charAt(end) != ';') {
            end++;
        }
        return end < length ? end : 0;
    }

    /** What was recognised as a secret in one place is one wherever it stands; a short plain word only as a word. */
    private String known(String text) {
        var redacted = text;
        var longestFirst = placeholders.entrySet().stream()
                .filter(known -> known.getKey().length() >= 6)
                .sorted(Comparator.comparingInt((Map.Entry<String, String> known) ->
                                known.getKey().length())
                        .reversed())
                .toList();
        for (var known : longestFirst) {
            var value = known.getKey();
            var isPlain = value.length() < 10 && value.chars().allMatch(Character::isLetter);
            redacted = isPlain
                    ? Pattern.compile("\\b" + value + "\\b").matcher(redacted).replaceAll(known.getValue())
                    : redacted.replace(value, known.getValue());
        }
        return redacted;
    }

    private String replace(String text, Secrets.Kind kind) {
        return kind.pattern().matcher(text).replaceAll(match -> {
            var secret = match.group(kind.group());
            var bare = secret == null ? "" : secret.replaceAll("^\\\\*[\"']|[\"']$", "");
            if (bare.isEmpty() || PLACEHOLDER.matcher(bare).matches()) {
                return Matcher.quoteReplacement(match.group());
            }
            var at = match.start(kind.group()) - match.start() + secret.indexOf(bare);
            var whole = match.group();
            return Matcher.quoteReplacement(
                    whole.substring(0, at) + placeholder(kind.name(), bare) + whole.substring(at + bare.length()));
        });
    }

    private String randomWords(String text) {
        return WORD.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        looksRandom(match.group()) ? placeholder("random", match.group()) : match.group()));
    }

    private static boolean looksRandom(String word) {
        var digits = word.chars().filter(Character::isDigit).count();
        var letters = word.chars().filter(Character::isLetter).count();
        return entropy(word) > RANDOM && (digits >= 3 && letters >= 3 || changes(word) * 10 >= word.length() * 3);
    }

    /** How often it goes from small to capital letters, to digits and back: a name does once or twice a word. */
    private static int changes(String word) {
        int changes = 0;
        for (int i = 1; i < word.length(); i++) {
            changes += sort(word.charAt(i)) == sort(word.charAt(i - 1)) ? 0 : 1;
        }
        return changes;
    }

    private static int sort(char c) {
        return Character.isDigit(c) ? 1 : Character.isUpperCase(c) ? 2 : Character.isLowerCase(c) ? 3 : 4;
    }

    /** Shannon's, in bits a character. */
    private static double entropy(String word) {
        var counts = new HashMap<Integer, Integer>();
        word.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
        return counts.values().stream()
                .mapToDouble(n -> (double) n / word.length())
                .map(p -> -p * Math.log(p) / Math.log(2))
                .sum();
    }

    private String placeholder(String kind, String secret) {
        return placeholders.computeIfAbsent(secret, _ -> "<" + kind + "-" + (placeholders.size() + 1) + ">");
    }
}
