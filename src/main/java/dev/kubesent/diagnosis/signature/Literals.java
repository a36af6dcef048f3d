package dev.kubesent.diagnosis.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has to stand in a text for an expression to be found in it: alternatives, in lower case, of which every text that matches has one. So a
 * text is looked through for words first, and most expressions are never run. Derived, because a list by hand loses lines.
 */
final class Literals {

    /** Characters; what is shorter is nearly everywhere. */
    private static final int SHORTEST = 3;

    private final String expression;
    private int at;

    private Literals(String expression) {
        this.expression = expression;
    }

    /** Empty where there are none: then the expression has to be run. */
    static List<String> of(String expression) {
        return new Literals(expression).alternatives().orElse(List.of());
    }

    /** Up to the end, or to the bracket that closes the group. */
    private Optional<List<String>> alternatives() {
        var all = Optional.of(List.<String>of());
        do {
            var one = sequence();
            all = all.flatMap(before -> one.map(more ->
                    Stream.concat(before.stream(), more.stream()).distinct().toList()));
        } while (take('|'));
        return all;
    }

    /** The best of what stands in it one after the other. */
    private Optional<List<String>> sequence() {
        var candidates = new ArrayList<List<String>>();
        var run = new StringBuilder();
        while (at < expression.length() && peek() != '|' && peek() != ')') {
            var atom = atom();
            var isOptional = isOptional();
            var isRepeated = !isOptional && isRepeated();
            if (atom instanceof Atom.Letter(char c) && !isOptional) {
                run.append(c);
            }
            if (atom instanceof Atom.Inner(var literals) && !isOptional) {
                literals.ifPresent(candidates::add);
            }
            if (!(atom instanceof Atom.Nothing) && (!(atom instanceof Atom.Letter) || isOptional || isRepeated)) {
                flush(run, candidates);
            }
        }
        flush(run, candidates);
        return candidates.stream()
                .filter(some -> shortest(some) >= SHORTEST)
                .max(Comparator.comparingInt(Literals::shortest)
                        .thenComparing(
                                Comparator.comparingInt(List<String>::size).reversed()));
    }

    private static void flush(StringBuilder run, List<List<String>> candidates) {
        if (!run.isEmpty()) {
            candidates.add(List.of(run.toString().toLowerCase(Locale.ROOT)));
            run.setLength(0);
        }
    }

    private static int shortest(List<String> some) {
        return some.stream().mapToInt(String::length).min().orElse(0);
    }

    private sealed interface Atom {
        record Letter(char c) implements Atom {}

        /** A group. */
        record Inner(Optional<List<String>> literals) implements Atom {}

        /** Some character. */
        record Any() implements Atom {}

        /** A place, or a flag: takes no character. */
        record Nothing() implements Atom {}
    }

    private Atom atom() {
        var c = next();
        return switch (c) {
            case '(' -> group();
            case '[' -> {
                characterClass();
                yield new Atom.Any();
            }
            case '.' -> new Atom.Any();
            case '^', '$' -> new Atom.Nothing();
            case '\\' -> escaped(next());
            default -> new Atom.Letter(c);
        };
    }

    private static Atom escaped(char c) {
        return switch (c) {
            case 'b', 'B', 'A', 'z' -> new Atom.Nothing();
            case 'n' -> new Atom.Letter('\n');
            case 't' -> new Atom.Letter('\t');
            default -> Character.isLetterOrDigit(c) ? new Atom.Any() : new Atom.Letter(c);
        };
    }

    private Atom group() {
        if (take('?')) {
            if (take('P')) {
                at = expression.indexOf('>', at) + 1;
            } else {
                while (peek() != ':' && peek() != ')') {
                    at++;
                }
                if (take(')')) {
                    return new Atom.Nothing(); // flags
                }
                at++;
            }
        }
        var inner = alternatives();
        at++;
        return new Atom.Inner(inner);
    }

    private void characterClass() {
        take('^');
        take(']');
        while (peek() != ']') {
            if (next() == '\\') {
                at++;
            } else if (expression.startsWith("[:", at - 1)) {
                at = expression.indexOf(":]", at) + 2;
            }
        }
        at++;
    }

    /** Whether what stands before may be missing; then the mark is passed. */
    private boolean isOptional() {
        if (take('?') || take('*')) {
            take('?');
            return true;
        }
        if (expression.startsWith("{0", at)) {
            at = expression.indexOf('}', at) + 1;
            take('?');
            return true;
        }
        return false;
    }

    /** Whether it may stand there more than once; then the mark is passed. */
    private boolean isRepeated() {
        if (take('+')) {
            take('?');
            return true;
        }
        if (at + 1 < expression.length() && peek() == '{' && Character.isDigit(expression.charAt(at + 1))) {
            at = expression.indexOf('}', at) + 1;
            take('?');
            return true;
        }
        return false;
    }

    private boolean take(char c) {
        if (at < expression.length() && peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private char peek() {
        return expression.charAt(at);
    }

    private char next() {
        return expression.charAt(at++);
    }
}
