package dev.kubesent.chart;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Marks that stand in an object until it is text, and then become what Helm reads: a template does not fit into a tree. A mark for a value is a
 * string; one for whole lines is an element of a list, or a field without a value.
 */
final class Marks {

    /** Within a string: the namespace of the release. */
    static final String NAMESPACE = "@@namespace@@";

    private static final Pattern LINE = Pattern.compile("(?m)^( *)(?:- )?[\"']@@(line\\d+)@@[\"'](?:: \"\")?$");
    private static final Pattern VALUE = Pattern.compile("\"@@(value\\d+)@@\"");

    private final Map<String, String> meant = new LinkedHashMap<>();

    /** @param expression what Helm puts in place of the value, as {@code .Values.sweep | quote} */
    String value(String expression) {
        return mark("value", "{{ " + expression + " }}");
    }

    /** @param lines of the template, from the first column; INDENT in them is how far to the right the mark stands */
    String lines(String lines) {
        return mark("line", lines);
    }

    private String mark(String kind, String meaning) {
        var name = kind + meant.size();
        meant.put(name, meaning);
        return "@@" + name + "@@";
    }

    /** What is not of a mark means itself, braces too. */
    String resolve(String yaml) {
        var escaped = yaml.replace("{{", "{{ \"{{\" }}").replace(NAMESPACE, "{{ .Release.Namespace }}");
        var lines = LINE.matcher(escaped)
                .replaceAll(found -> Matcher.quoteReplacement(indented(take(found.group(2)), found.group(1))));
        var resolved = VALUE.matcher(lines).replaceAll(found -> Matcher.quoteReplacement(take(found.group(1))));
        if (resolved.contains("@@")) {
            throw new IllegalStateException("a mark is left: " + resolved);
        }
        return resolved;
    }

    private String take(String name) {
        var meaning = meant.get(name);
        if (meaning == null) {
            throw new IllegalStateException("no such mark: " + name);
        }
        return meaning;
    }

    private static String indented(String lines, String by) {
        return lines.lines()
                .map(line -> line.startsWith("{{") ? line.replace("INDENT", String.valueOf(by.length())) : by + line)
                .collect(Collectors.joining("\n"));
    }
}
