package dev.kubesent.event;

import dev.kubesent.cluster.Name;

/** Makes names of what a sender calls one; what cannot be one is the sender's error, and goes no further. */
final class Names {

    private static final String RULE =
            " is no name that Kubernetes gives (DNS-1123: a-z, 0-9, '-'%s, at most %d characters)";

    private Names() {}

    /** @param field for the message, which does not repeat the text */
    static Name name(String field, String text) throws UnusableEventException {
        return Name.parse(text)
                .orElseThrow(() ->
                        new UnusableEventException(Problem.Kind.NOT_A_NAME, field + RULE.formatted(" and '.'", 253)));
    }

    static Name namespace(String text) throws UnusableEventException {
        return Name.parseLabel(text)
                .orElseThrow(() ->
                        new UnusableEventException(Problem.Kind.NOT_A_NAME, "the namespace" + RULE.formatted("", 63)));
    }
}
