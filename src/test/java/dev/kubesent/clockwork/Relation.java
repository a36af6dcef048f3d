package dev.kubesent.clockwork;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What has to hold between two durations, or sums of them.
 *
 * @param left such as {@code 2 × pipeline.Resumption.EVERY + 15s}
 * @param sign {@code <}, {@code ≤} or {@code =}
 * @param why what goes wrong where it does not hold
 */
record Relation(String left, String sign, String right, String why) {

    private static final Pattern TERM = Pattern.compile("(?:(\\d+) × )?([\\w.]+)");

    boolean holds(Map<String, Duration> values) {
        var compared = sum(left, values).compareTo(sum(right, values));
        return switch (sign) {
            case "<" -> compared < 0;
            case "≤" -> compared <= 0;
            case "=" -> compared == 0;
            default -> throw new IllegalArgumentException(sign);
        };
    }

    static Duration sum(String terms, Map<String, Duration> values) {
        return Arrays.stream(terms.split(" \\+ "))
                .map(term -> term(term, values))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration term(String text, Map<String, Duration> values) {
        var found = TERM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException(text);
        }
        var times = found.group(1) == null ? 1 : Integer.parseInt(found.group(1));
        var name = found.group(2);
        var value = Character.isDigit(name.charAt(0)) ? Duration.parse("PT" + name) : values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return value.multipliedBy(times);
    }

    String words(Map<String, Duration> values) {
        return "`%s` %s `%s`".formatted(left, sign, right)
                + " | %s %s %s".formatted(Constant.shown(sum(left, values)), sign, Constant.shown(sum(right, values)));
    }
}
