package dev.kubesent.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A secret in a text. @param kind for a placeholder @param end after its last character */
record Span(String kind, int start, int end) {

    /** In order, and those that meet as one. */
    static List<Span> merged(List<Span> all) {
        var sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(Span::start).thenComparing(Span::end, Comparator.reverseOrder()));
        var merged = new ArrayList<Span>();
        for (var next : sorted) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || next.start >= last.end) {
                merged.add(next);
            } else if (next.end > last.end) {
                merged.set(merged.size() - 1, new Span(last.kind, last.start, next.end));
            }
        }
        return merged;
    }
}
