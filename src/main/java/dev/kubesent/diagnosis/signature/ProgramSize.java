package dev.kubesent.diagnosis.signature;

import java.util.ArrayDeque;

/**
 * How many instructions an expression of somebody else becomes, told before it is compiled: {@code ((a{100}){100}){100}} is 21 characters and
 * a million instructions, each of which may be looked at for each character of a log. Never less than it becomes, but for a handful.
 */
final class ProgramSize {

    /** What is open: all that stands in it, and the last part alone, which a count behind it repeats. */
    private static final class Part {
        private long whole = 2;
        private long last;

        void add(long size) {
            whole += size;
            last = size;
        }

        void repeat(int times) {
            var size = last * Math.max(1, times);
            whole += size - last;
            last = size;
        }
    }

    private final String expression;
    private final ArrayDeque<Part> open = new ArrayDeque<>();
    private int at;

    private ProgramSize(String expression) {
        this.expression = expression;
    }

    /** @param expression of any text: one that is no expression has some size too */
    static long of(String expression) {
        return new ProgramSize(expression).size();
    }

    private long size() {
        open.push(new Part());
        while (at < expression.length()) {
            step();
        }
        while (open.size() > 1) {
            close();
        }
        return open.element().whole;
    }

    private void step() {
        var c = expression.charAt(at++);
        switch (c) {
            case '(' -> open.push(new Part());
            case ')' -> close();
            case '[' -> {
                characterClass();
                open.element().add(1);
            }
            case '{' -> count();
            case '\\' -> {
                at++;
                open.element().add(1);
            }
            case '*', '+', '?', '|' -> open.element().whole++;
            default -> open.element().add(1);
        }
    }

    private void close() {
        if (open.size() > 1) {
            var inner = open.pop();
            open.element().add(inner.whole);
        }
    }

    private void characterClass() {
        if (at < expression.length() && expression.charAt(at) == '^') {
            at++;
        }
        for (int first = at; at < expression.length() && (expression.charAt(at) != ']' || at == first); at++) {
            if (expression.charAt(at) == '\\') {
                at++;
            } else if (expression.startsWith("[:", at) && expression.indexOf(":]", at) > 0) {
                at = expression.indexOf(":]", at) + 1;
            }
        }
        at++;
    }

    /** {@code {3}}, {@code {3,}} or {@code {3,5}}; anything else is text. An optional one takes an instruction more. */
    private void count() {
        var end = expression.indexOf('}', at);
        var numbers = end < 0 ? new String[0] : expression.substring(at, end).split(",", -1);
        var most = 0;
        for (var number : numbers) {
            if (!number.matches("\\d{0,4}")) {
                open.element().add(1);
                return;
            }
            most = Math.max(most, number.isEmpty() ? 0 : Integer.parseInt(number));
        }
        if (numbers.length == 0) {
            open.element().add(1);
            return;
        }
        at = end + 1;
        open.element().last += numbers.length - 1L;
        open.element().repeat(most + numbers.length - 1);
    }
}
