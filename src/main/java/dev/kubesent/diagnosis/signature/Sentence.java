package dev.kubesent.diagnosis.signature;

import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A sentence with gaps: {@code {host}} is what the group host caught, and {@code [ at {host}[:{port}]]} is left out as a whole where one of
 * its own gaps has nothing.
 */
public record Sentence(String template) {

    /** What is open: the text so far, and whether a gap in it had nothing. */
    private static final class Part {
        private final StringBuilder text = new StringBuilder();
        private boolean isLacking;
    }

    /** @param caught by group; empty where nothing was caught */
    public String with(UnaryOperator<String> caught) {
        var open = new ArrayDeque<Part>();
        open.push(new Part());
        for (int i = 0; i < template.length(); i++) {
            var c = template.charAt(i);
            var top = open.element();
            switch (c) {
                case '[' -> open.push(new Part());
                case ']' -> {
                    open.pop();
                    open.element().text.append(top.isLacking ? "" : top.text);
                }
                case '{' -> {
                    var end = template.indexOf('}', i);
                    var text = caught.apply(template.substring(i + 1, end));
                    top.isLacking |= text.isEmpty();
                    top.text.append(text);
                    i = end;
                }
                default -> top.text.append(c);
            }
        }
        return open.element().text.toString();
    }

    /** Whether each bracket has its other one, so that it can be filled in. */
    boolean isClosed() {
        int open = 0;
        for (int i = 0; i < template.length() && open >= 0; i++) {
            switch (template.charAt(i)) {
                case '[' -> open++;
                case ']' -> open--;
                case '{' -> {
                    i = template.indexOf('}', i);
                    if (i < 0) {
                        return false;
                    }
                }
                default -> {
                    // is said as it is
                }
            }
        }
        return open == 0;
    }

    /** The names of all gaps. */
    Set<String> gaps() {
        var names = new TreeSet<String>();
        for (int at = template.indexOf('{'); at >= 0; at = template.indexOf('{', at + 1)) {
            names.add(template.substring(at + 1, template.indexOf('}', at)));
        }
        return names;
    }
}
