package dev.kubesent.testing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an expression is made of, as texts: what it wants to see again and again is what slows it down. A reader of expressions that
 * knows as much of their syntax as is used here; an expression that it cannot read is an {@link IllegalStateException}.
 */
public final class PatternWords {

    /** What may stand between two words of a line. */
    private static final List<String> SEPARATORS = List.of("", " ", ".", "-", "_", ":", "=", "/", ",", "\"", "\t");

    /** One of each kind of character: what a negated class or a dot takes. */
    private static final String KINDS = "a1 .-_:=/\"'\\@<>()[]{},;#xZ\t\u00e9\u0001";

    private static final int MOST_IN_A_CLASS = 6;

    /** A text that leads to a place in the expression, and what that place wants then. */
    public record Pump(String before, String again) {

        /** @param length in characters; at least */
        public String line(int length, String end) {
            var times = Math.max(1, (length - before.length()) / again.length() + 1);
            return before + again.repeat(times) + end;
        }
    }

    private sealed interface Node {
        /** Texts that it matches, the plainest first; never none. */
        List<String> samples();
    }

    /** @param texts one or more; an assertion has one of no length */
    private record Leaf(List<String> samples) implements Node {}

    private record Sequence(List<Node> parts) implements Node {
        @Override
        public List<String> samples() {
            return List.of(parts.stream().map(p -> p.samples().getFirst()).collect(Collectors.joining()));
        }
    }

    private record Choice(List<Node> ways) implements Node {
        @Override
        public List<String> samples() {
            return ways.stream().map(w -> w.samples().getFirst()).toList();
        }
    }

    private record Repeated(Node what, int least) implements Node {
        @Override
        public List<String> samples() {
            return what.samples().stream()
                    .map(s -> s.repeat(Math.max(1, Math.min(least, 40))))
                    .toList();
        }
    }

    /** Looks ahead or behind, and takes nothing. */
    private record Look(Node at) implements Node {
        @Override
        public List<String> samples() {
            return List.of("");
        }
    }

    private final String expression;
    private int at;
    private final Set<Pump> pumps = new LinkedHashSet<>();

    private PatternWords(String expression) {
        this.expression = expression;
    }

    public static Set<Pump> of(String expression) {
        var words = new PatternWords(expression);
        var root = words.choice();
        if (words.at != expression.length()) {
            throw new IllegalStateException("not read to its end at " + words.at + ": " + expression);
        }
        words.collect(root, "");
        words.joined(root);
        KINDS.chars().forEach(c -> words.add("", Character.toString(c)));
        return words.pumps;
    }

    private void add(String before, String again) {
        if (!again.isEmpty()) {
            pumps.add(new Pump(before, again));
        }
    }

    private void collect(Node node, String before) {
        for (var sample : node.samples()) {
            add(before, sample);
            add("", sample);
        }
        switch (node) {
            case Leaf _ -> {}
            case Look look -> collect(look.at(), before);
            case Repeated repeated -> collect(repeated.what(), before);
            case Choice choice -> choice.ways().forEach(way -> collect(way, before));
            case Sequence sequence -> parts(sequence.parts(), before);
        }
    }

    private void parts(List<Node> parts, String before) {
        var so = new StringBuilder(before);
        for (int i = 0; i < parts.size(); i++) {
            collect(parts.get(i), so.toString());
            var sample = parts.get(i).samples().getFirst();
            if (i + 1 < parts.size()) {
                add(so.toString(), sample + parts.get(i + 1).samples().getFirst());
            }
            so.append(sample);
            add("", so.toString());
        }
    }

    /** The words of the expression, one after the other and each again, with what may stand between them. */
    private void joined(Node root) {
        var words = new LinkedHashSet<String>();
        words(root, words);
        for (var word : words) {
            SEPARATORS.forEach(separator -> add("", word + separator));
        }
        add("", String.join(" ", words));
        add("", String.join("", words));
    }

    private static void words(Node node, Set<String> into) {
        switch (node) {
            case Leaf _ -> {}
            case Look look -> words(look.at(), into);
            case Repeated repeated -> words(repeated.what(), into);
            case Choice choice -> choice.ways().forEach(way -> words(way, into));
            case Sequence sequence -> {
                var word = new StringBuilder();
                for (var part : sequence.parts()) {
                    if (part instanceof Leaf(var samples) && samples.size() == 1) {
                        word.append(samples.getFirst());
                    } else {
                        take(word, into);
                        words(part, into);
                    }
                }
                take(word, into);
            }
        }
    }

    private static void take(StringBuilder word, Set<String> into) {
        if (!word.isEmpty()) {
            into.add(word.toString());
        }
        word.setLength(0);
    }

    private Node choice() {
        var ways = new ArrayList<Node>();
        ways.add(sequence());
        while (is('|')) {
            at++;
            ways.add(sequence());
        }
        return ways.size() == 1 ? ways.getFirst() : new Choice(ways);
    }

    private Node sequence() {
        var parts = new ArrayList<Node>();
        while (at < expression.length() && !is('|') && !is(')')) {
            parts.add(quantified());
        }
        return new Sequence(parts);
    }

    private Node quantified() {
        var atom = atom();
        while (at < expression.length() && "*+?{".indexOf(expression.charAt(at)) >= 0) {
            int least = 0;
            if (is('{')) {
                var end = expression.indexOf('}', at);
                least = Integer.parseInt(expression.substring(at + 1, end).split(",")[0]);
                at = end;
            }
            at++;
            if (is('?') || is('+')) {
                at++;
            }
            atom = new Repeated(atom, least);
        }
        return atom;
    }

    private Node atom() {
        var c = expression.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> new Leaf(samples(members()));
            case '.' -> new Leaf(List.of("x", "1", " "));
            case '^', '$' -> new Leaf(List.of(""));
            case '\\' -> escape();
            default -> new Leaf(List.of(String.valueOf(c)));
        };
    }

    private Node group() {
        var isLook = false;
        if (is('?')) {
            var head = expression.substring(at);
            if (head.matches("(?s)\\?[a-z-]+\\).*")) {
                at = expression.indexOf(')', at) + 1;
                return new Leaf(List.of(""));
            }
            isLook = head.matches("(?s)\\?<?[=!].*");
            var kind = head.replaceFirst("(?s)^(\\?<?[=!]|\\?>|\\?<\\w+>|\\?[a-z-]*:).*$", "$1");
            at += kind.length();
        }
        var inner = choice();
        if (!is(')')) {
            throw new IllegalStateException("a group without an end at " + at + ": " + expression);
        }
        at++;
        return isLook ? new Look(inner) : inner;
    }

    private Node escape() {
        var c = expression.charAt(at++);
        return switch (c) {
            case 'b', 'B', 'A', 'Z', 'z', 'G' -> new Leaf(List.of(""));
            case 'Q' -> quoted();
            case 'p', 'P', 'x', 'u' -> new Leaf(samples(named(c)));
            default -> new Leaf(ofEscape(c));
        };
    }

    private Node quoted() {
        var end = expression.indexOf("\\E", at);
        var text = expression.substring(at, end < 0 ? expression.length() : end);
        at = end < 0 ? expression.length() : end + 2;
        return new Leaf(List.of(text));
    }

    private static List<String> ofEscape(char c) {
        return switch (c) {
            case 'd' -> List.of("1", "9");
            case 'w' -> List.of("a", "1", "_");
            case 's', 'h' -> List.of(" ", "\t");
            case 'S', 'D', 'W' -> List.of("x", ".", "/").subList(c == 'W' ? 1 : 0, 3);
            case 'n', 'R', 'v' -> List.of("\n");
            case 'r' -> List.of("\r");
            case 't' -> List.of("\t");
            default -> List.of(String.valueOf(c));
        };
    }

    /** {@code \p{L}}, {@code \x1b}, {@code \u00e9}: as the engine itself reads them. */
    private String named(char kind) {
        var from = at - 2;
        if (expression.charAt(at) == '{') {
            at = expression.indexOf('}', at) + 1;
        } else {
            at += kind == 'u' ? 4 : kind == 'x' ? 2 : 1;
        }
        return "[" + expression.substring(from, at) + "]";
    }

    /** A class as it stands; the bracket before it is read already. */
    private String members() {
        var from = at - 1;
        int depth = 1;
        at += is('^') ? 1 : 0;
        at += is(']') ? 1 : 0; // as the first it stands for itself
        while (depth > 0) {
            var c = expression.charAt(at++);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            at += c == '\\' ? 1 : 0;
        }
        return expression.substring(from, at);
    }

    /** What of a class of characters is tried: the engine says what is in it. */
    private static List<String> samples(String members) {
        var one = java.util.regex.Pattern.compile(members);
        var found = (KINDS + "bcdefghijklmnopqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWXY023456789!$%&*+?^`|~\n\r\u001b\u202e")
                .chars()
                .mapToObj(Character::toString)
                .filter(c -> one.matcher(c).matches())
                .limit(MOST_IN_A_CLASS)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("nothing is known that " + members + " takes");
        }
        return found;
    }

    private boolean is(char c) {
        return at < expression.length() && expression.charAt(at) == c;
    }
}
