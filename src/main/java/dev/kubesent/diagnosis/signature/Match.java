package dev.kubesent.diagnosis.signature;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.kubesent.redaction.Masking;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A signature that a text has.
 *
 * @param start of the first character of what was found
 * @param end after the last one
 * @param caught by group; none is empty
 * @param before what stands before it in its line, by group: it may tell that what was caught is a secret
 */
public record Match(Signature signature, int start, int end, Map<String, String> caught, Map<String, String> before) {

    /** Characters of what is caught that are repeated. */
    private static final int LONGEST = 120;

    /** Characters before what is caught that may tell what it is. */
    private static final int BEFORE = 80;

    /** An expression may have a name but once: host2 is another place where the host may stand. */
    private static final Pattern NUMBER = Pattern.compile("\\d+$");

    public Match {
        caught = Map.copyOf(caught);
        before = Map.copyOf(before);
    }

    static Match of(Signature signature, Matcher found, String shown) {
        var caught = new TreeMap<String, String>();
        var before = new TreeMap<String, String>();
        for (var name : found.pattern().namedGroups().keySet()) {
            int from = found.start(name);
            var text = from < 0 ? "" : shown.substring(from, found.end(name));
            if (!text.isBlank()) {
                var group = NUMBER.matcher(name).replaceAll("");
                caught.putIfAbsent(group, text.strip());
                before.putIfAbsent(group, before(shown, from));
            }
        }
        return new Match(signature, found.start(), found.end(), caught, before);
    }

    private static String before(String text, int place) {
        return text.substring(Math.max(text.lastIndexOf('\n', place - 1) + 1, place - BEFORE), place);
    }

    /** The same, with something more that is known by a name. */
    public Match with(String name, String value) {
        var more = new TreeMap<>(caught);
        more.put(name, value);
        return new Match(signature, start, end, more, before);
    }

    /** What an expression may catch. */
    static List<String> names(Signature.Spelling spelling) {
        return spelling.pattern().namedGroups().keySet().stream()
                .map(name -> NUMBER.matcher(name).replaceAll(""))
                .toList();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(LONGEST, text.length()));
    }

    /** What a group caught, as it stands there; empty where it caught nothing. For comparing with names that are known, not for showing. */
    public String raw(String group) {
        return caught.getOrDefault(group, "");
    }

    /** Masked with what stands before it, and only then cut: a value alone looks like no secret, and half of one neither. */
    private String shown(String group) {
        var value = raw(group);
        var masked = Masking.text(value);
        var isSecret = !Masking.text(before.getOrDefault(group, "") + value).endsWith(value);
        return cut(isSecret && masked.equals(value) ? "***" : masked);
    }

    /** What it means, as a person may see it. */
    public String explanation() {
        return signature.says().with(this::shown);
    }

    public String advice() {
        return advice(this::shown);
    }

    /** What a person does next: by the signature, or else by the chapter of its cause. @param shown what stands for a group */
    public String advice(UnaryOperator<String> shown) {
        return signature.advice().map(sentence -> sentence.with(shown)).orElseGet(signature.cause()::advice);
    }
}
