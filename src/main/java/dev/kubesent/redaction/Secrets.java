package dev.kubesent.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the secrets of a text: for models, incidents, Events, sinks, logs and the archive the same ones. */
final class Secrets {

    /** A text that is short enough to be looked through, and where its secrets are, in order. */
    record Found(String text, List<Span> spans) {}

    private Secrets() {}

    /** @param text of any length; what is longer than {@link Bound#TEXT} is cut */
    static Found in(String text) {
        var bounded = Bound.text(text);
        var view = View.of(bounded);
        var seen = view.text();
        var small = seen.toLowerCase(Locale.ROOT);
        var found = new ArrayList<Span>();
        Kinds.ALL.forEach(kind -> kind.find(seen, small, view, found));
        Assignments.in(seen).forEach(span -> found.add(view.span(span.kind(), span.start(), span.end())));
        RandomWords.in(seen).forEach(span -> found.add(view.span(span.kind(), span.start(), span.end())));
        return new Found(bounded, Span.merged(found));
    }

    /** Of what is no secret, and leaves the cluster neither. */
    static Found in(String text, List<Kind> kinds) {
        var view = View.of(text);
        var seen = view.text();
        var small = seen.toLowerCase(Locale.ROOT);
        var found = new ArrayList<Span>();
        kinds.forEach(kind -> kind.find(seen, small, view, found));
        return new Found(text, Span.merged(found));
    }
}
