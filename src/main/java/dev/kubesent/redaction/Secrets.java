package dev.kubesent.redaction;

import dev.kubesent.text.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the secrets of a text: for models, incidents, Events, sinks, logs and the archive the same ones. A text for which no {@link Effort}
 * is left is not shown: nobody has looked whether there are secrets in it.
 */
final class Secrets {

    /** Walks over all of a text: the view, small letters, assignments, random words. */
    private static final int WALKS = 4;

    /** A text that is short enough to be looked through, and where its secrets are, in order. */
    record Found(String text, List<Span> spans) {}

    private Secrets() {}

    /** @param text of any length; what is longer than {@link Bound#TEXT} is cut */
    static Found in(String text) {
        try {
            return sought(text);
        } catch (Effort.SpentException e) {
            return new Found(Effort.NOT_SHOWN, List.of());
        }
    }

    /** Of what is no secret, and leaves the cluster neither. */
    static Found in(String text, List<Kind> kinds) {
        try {
            return sought(text, kinds);
        } catch (Effort.SpentException e) {
            return new Found(Effort.NOT_SHOWN, List.of());
        }
    }

    private static Found sought(String text) {
        Effort.steps(1 + WALKS * (long) Math.min(text.length(), Bound.TEXT));
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

    private static Found sought(String text, List<Kind> kinds) {
        Effort.steps(1 + 2L * text.length());
        var view = View.of(text);
        var seen = view.text();
        var small = seen.toLowerCase(Locale.ROOT);
        var found = new ArrayList<Span>();
        kinds.forEach(kind -> kind.find(seen, small, view, found));
        return new Found(text, Span.merged(found));
    }
}
