package dev.kubesent.admission;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of CEL, the language of admission policies. All take and give expressions; a name stands for itself. */
final class Cel {

    private Cel() {}

    /** {@code ['a', 'b']}. */
    static String list(Collection<String> texts) {
        return texts.stream().sorted().map(Cel::text).collect(Collectors.joining(", ", "[", "]"));
    }

    static String list(String... texts) {
        return list(Arrays.asList(texts));
    }

    static String text(String text) {
        return "'" + text + "'";
    }

    /** Two maps are the same, but for the values of these keys. */
    static String same(String before, String after, Collection<String> but) {
        var skip = but.isEmpty() ? "" : "k in " + list(but) + " || ";
        return "%1$s.all(k, %3$sk in %2$s && %1$s[k] == %2$s[k]) && %2$s.all(k, %3$sk in %1$s)"
                .formatted(before, after, skip);
    }

    static String same(String before, String after, String... but) {
        return same(before, after, List.of(but));
    }

    /** The same map, or nothing in both places. */
    static String map(String owner, String key) {
        return "%s.?%s.orValue({})".formatted(owner, key);
    }

    static String array(String owner, String key) {
        return "%s.?%s.orValue([])".formatted(owner, key);
    }

    /** Either in both or in neither, and the same. */
    static String equal(String key, String before, String after) {
        return "(%1$s in %2$s) == (%1$s in %3$s) && (!(%1$s in %2$s) || %2$s[%1$s] == %3$s[%1$s])"
                .formatted(key, before, after);
    }

    /** An amount of memory as text; empty where there is none. */
    static String memory(String container, String kind) {
        return "string(%s.?resources.?%s.?memory.orValue(''))".formatted(container, kind);
    }

    static String quantity(String amount) {
        return "quantity(%s)".formatted(amount);
    }

    static String atMost(String amount, String most) {
        return "quantity(%s).compareTo(quantity(%s)) <= 0".formatted(amount, most);
    }

    static String or(String... alternatives) {
        return join(" || ", alternatives);
    }

    static String and(String... conditions) {
        return join(" && ", conditions);
    }

    private static String join(String between, String... parts) {
        return Arrays.stream(parts).map(part -> "(" + part + ")").collect(Collectors.joining(between));
    }

    /** Each container of a template before has one of its name after, for which this holds; as {@code c} and {@code d}. */
    static String eachPair(String condition) {
        return "variables.containersWere.all(c, variables.containersAre.exists(d, d.name == c.name && (%s)))"
                .formatted(condition);
    }

    /** What is not so, as a list of sentences. */
    static String reasons(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> "(%s)\n  ? '' : '%s'".formatted(reason.unless(), reason.text()))
                .collect(Collectors.joining(",\n", "[\n", "\n].filter(reason, reason != '')"));
    }

    /** @param unless an expression @param text without apostrophes */
    record Reason(String unless, String text) {}
}
