package dev.kubesent.redaction;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Words that nobody would think of: keys have no other mark. Names of pods and paths are none. */
final class RandomWords {

    /** Characters of the shortest. */
    private static final int SHORTEST = 20;

    /** Bits a character: base64 has at most 6; English words stay below 3.5 over this length. */
    private static final double RANDOM = 3.6;

    /** Kafka's ids: 16 bytes, told beside one another where a volume is another cluster's. */
    private static final int OF_KAFKA = 22;

    private static final Pattern CLUSTER_ID = Pattern.compile("(?i)cluster[ ._-]?id[\\s:='\"]{1,4}(?:some\\()?$");

    private RandomWords() {}

    /** @param text of a view */
    static List<Span> in(String text) {
        var found = new ArrayList<Span>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isOfAWord(text, i)) {
                continue;
            }
            if (i - start >= SHORTEST) {
                part(text, start, i, found);
            }
            start = i + 1;
        }
        return found;
    }

    /** What may be one where it is somebody's value, and is too short to be told from a name elsewhere: letters and digits that change often. */
    static boolean isShortOne(String word) {
        int end = word.length();
        while (end > 0 && word.charAt(end - 1) == '=') {
            end--;
        }
        var bare = word.substring(0, end);
        var isMixed =
                bare.chars().anyMatch(Character::isUpperCase) && bare.chars().anyMatch(Character::isLowerCase);
        return end >= 14
                && end < SHORTEST
                && bare.chars().allMatch(c -> Character.isLetterOrDigit(c) || isMixed && (c == '/' || c == '+'))
                && bare.chars().filter(Character::isDigit).count() >= (isMixed ? 1 : 2)
                && changes(bare) >= 6
                && !bare.startsWith("0x")
                && !bare.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    static boolean isInside(String word) {
        return !in(word).isEmpty();
    }

    static boolean isOfAWord(String text, int i) {
        char c = text.charAt(i);
        // A sign of equality is one of base64 only at the end.
        return isAsciiLetterOrDigit(c)
                || "+/_%-".indexOf(c) >= 0
                || c == '=' && (i + 1 == text.length() || !isAsciiLetterOrDigit(text.charAt(i + 1)));
    }

    private static void part(String text, int start, int end, List<Span> found) {
        var word = text.substring(start, end);
        if (!looksRandom(word) || isClusterId(text, start, word)) {
            return;
        }
        if (isOfParts(word)) {
            int from = 0;
            for (int i = 0; i <= word.length(); i++) {
                if (i == word.length() || "/-_%".indexOf(word.charAt(i)) >= 0) {
                    if (i - from >= SHORTEST && !isHex(word, from, i) && looksRandom(word.substring(from, i))) {
                        found.add(new Span("random", start + from, start + i));
                    }
                    from = i < word.length() && word.charAt(i) == '%' ? i + 3 : i + 1;
                }
            }
        } else if (!isHex(word, 0, word.length())) {
            found.add(new Span("random", start, end));
        }
    }

    private static boolean isClusterId(String text, int start, String word) {
        return word.length() == OF_KAFKA
                && CLUSTER_ID
                        .matcher(text.substring(Math.max(0, start - OF_KAFKA), start))
                        .find();
    }

    /** A path, or a name with hyphens: none of its parts has small and capital letters and digits. */
    private static boolean isOfParts(String word) {
        if (word.chars().noneMatch(c -> "/-_%".indexOf(c) >= 0)) {
            return false;
        }
        for (var part : word.split("%[0-9A-F]{2}|[/_%-]", -1)) {
            var isMixed = part.chars().anyMatch(Character::isUpperCase)
                    && part.chars().anyMatch(Character::isLowerCase)
                    && (part.chars().anyMatch(Character::isDigit) || changes(part) * 10 >= part.length() * 5);
            if (isMixed && part.length() >= 6) {
                return false;
            }
        }
        return true;
    }

    /** Checksums, commits and ids of containers: what they are of says whether they are secret ({@link Kinds}). */
    private static boolean isHex(String word, int from, int end) {
        for (int i = from; i < end; i++) {
            if (Character.digit(word.charAt(i), 16) < 0 && word.charAt(i) != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean looksRandom(String word) {
        var digits = word.chars().filter(Character::isDigit).count();
        var letters = word.chars().filter(Character::isLetter).count();
        return entropy(word) > RANDOM
                && (digits >= 3 && letters >= 3 || changes(word) * 10 >= word.length() * 3)
                && !isIdentifier(word);
    }

    /** {@code FailedCreatePodSandBox}: capitalised words that can be spoken, with few digits between them. */
    private static boolean isIdentifier(String word) {
        if (word.chars().filter(Character::isDigit).count() > 2 || word.indexOf('+') > 0) {
            return false;
        }
        for (var part : word.split("(?<=[a-z])(?=[A-Z])|[^A-Za-z]+", -1)) {
            var isShort = part.length() < 3 || part.length() < 6 && part.chars().allMatch(Character::isUpperCase);
            if (part.isEmpty()) {
                continue;
            }
            if (part.length() == 1 || !isShort && !isSpoken(part)) {
                return false;
            }
        }
        return true;
    }

    /** Never five consonants in a row; at least one vowel. */
    private static boolean isSpoken(String part) {
        int consonants = 0;
        int vowels = 0;
        for (char c : part.toCharArray()) {
            var isVowel = "aeiouyAEIOUY".indexOf(c) >= 0;
            vowels += isVowel ? 1 : 0;
            consonants = isVowel ? 0 : consonants + 1;
            if (consonants > 5) {
                return false;
            }
        }
        return vowels > 0;
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

    private static boolean isAsciiLetterOrDigit(char c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }
}
