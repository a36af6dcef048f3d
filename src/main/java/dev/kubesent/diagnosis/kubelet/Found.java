package dev.kubesent.diagnosis.kubelet;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.kubesent.text.Effort;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A sign in a chain.
 *
 * @param clause where it begins
 * @param at of its first character
 * @param end behind its last one
 * @param caught by the names of the pattern's groups, as it stands in the message
 */
public record Found(Sign sign, Chain chain, Clause clause, int at, int end, Map<String, String> caught) {

    private static final Pattern PART = Pattern.compile("\\{([^{}]*)\\}");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");

    private static final int LONGEST = 160;

    public Found {
        caught = Map.copyOf(caught);
    }

    /**
     * The surest one; of those that are as sure, the one that begins last: nearer to who knows. One that stands before it in the file, and whose
     * words it is a part of, is more special.
     *
     * @param holds what has to be so of a sign, besides that its words are there
     */
    public static Optional<Found> in(Chain chain, List<Sign> signs, Predicate<Found> holds) {
        var all = signs.stream()
                .flatMap(sign -> sign.patterns().stream().flatMap(pattern -> last(chain, sign, pattern).stream()))
                .filter(holds)
                .toList();
        return Arrays.stream(Certainty.values())
                .map(certainty -> all.stream()
                        .filter(found -> found.sign().certainty() == certainty)
                        .toList())
                .filter(some -> !some.isEmpty())
                .findFirst()
                .map(Found::nearest);
    }

    private static Found nearest(List<Found> some) {
        var last = Collections.max(some, Comparator.comparingInt(Found::at));
        return some.stream()
                .filter(found -> found.at() <= last.at() && found.end() >= last.end())
                .findFirst()
                .orElse(last);
    }

    private static Optional<Found> last(Chain chain, Sign sign, Pattern pattern) {
        var matcher = pattern.matcher(chain.hidden());
        Optional<Found> last = Optional.empty();
        Effort.steps(chain.hidden().length());
        while (matcher.find()) {
            last = found(chain, sign, pattern, matcher);
        }
        return last;
    }

    private static Optional<Found> found(Chain chain, Sign sign, Pattern pattern, Matcher matcher) {
        var caught = new HashMap<String, String>();
        for (var group : pattern.namedGroups().entrySet()) {
            int from = matcher.start(group.getValue());
            if (from >= 0) {
                var text = chain.message()
                        .substring(from, matcher.end(group.getValue()))
                        .strip();
                caught.put(group.getKey(), text.substring(0, Math.min(LONGEST, text.length())));
            }
        }
        int at = matcher.start();
        return chain.at(at).map(clause -> new Found(sign, chain, clause, at, matcher.end(), caught));
    }

    /** What a group caught; empty where nothing. */
    public String caught(String name) {
        return caught.getOrDefault(name, "");
    }

    /** The sign's sentence with what was caught. */
    public String explanation() {
        return filled(sign.says());
    }

    /** The same, with something more that is known by a name. */
    public String explanation(String name, String value) {
        var more = new HashMap<>(caught);
        more.put(name, value);
        return new Found(sign, chain, clause, at, end, more).explanation();
    }

    /** A text with what was caught in place of the names in braces; a part around a name goes where it caught nothing. */
    public String filled(String template) {
        var text = new StringBuilder();
        var part = PART.matcher(template);
        int from = 0;
        while (part.find()) {
            text.append(template, from, part.start()).append(filledPart(part.group(1)));
            from = part.end();
        }
        return text.append(template.substring(from)).toString();
    }

    private String filledPart(String part) {
        var words = WORD.matcher(part);
        while (words.find()) {
            var value = caught(words.group());
            if (!value.isEmpty()) {
                return part.substring(0, words.start()) + value + part.substring(words.end());
            }
        }
        return "";
    }
}
