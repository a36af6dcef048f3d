package dev.kubesent.cluster;

import java.util.Optional;

/**
 * A name that Kubernetes can have given to an object: a DNS-1123 subdomain, or for a namespace a DNS-1123 label
 * (k8s.io/apimachinery, pkg/util/validation/validation.go). Only a name becomes part of a URL: it has no {@code /}, {@code ?},
 * {@code #} or {@code %}, and is never {@code ..}, so it cannot lead to anything but the one object.
 */
public record Name(String text) {

    /** Characters. */
    private static final int LONGEST = 253;

    /** Characters of a label, as of a namespace or a container. */
    private static final int LONGEST_LABEL = 63;

    /** Characters of what is no name, in a message. */
    private static final int SHOWN = 60;

    /** @throws IllegalArgumentException where it is none */
    public Name {
        if (!isSubdomain(text)) {
            throw new IllegalArgumentException(noName(text, LONGEST));
        }
    }

    /** Empty where it is none. */
    public static Optional<Name> parse(String text) {
        return isSubdomain(text) ? Optional.of(new Name(text)) : Optional.empty();
    }

    /** Of a namespace, or of anything else whose names are labels. Empty where it is none. */
    public static Optional<Name> parseLabel(String text) {
        return isLabel(text) ? Optional.of(new Name(text)) : Optional.empty();
    }

    /** The name, or nothing there is. @throws ClusterException {@code NOT_FOUND} where it is none: no object can be called so, and no cluster is asked */
    public static Name called(String text) {
        return parse(text)
                .orElseThrow(() -> new ClusterException(ClusterException.Kind.NOT_FOUND, noName(text, LONGEST)));
    }

    /** Of a namespace or a container. @throws ClusterException as {@link #called} */
    public static Name label(String text) {
        return parseLabel(text)
                .orElseThrow(() -> new ClusterException(ClusterException.Kind.NOT_FOUND, noName(text, LONGEST_LABEL)));
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isLabel(String text) {
        return text.length() <= LONGEST_LABEL && isLabel(text, 0, text.length());
    }

    private static boolean isSubdomain(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            if (!isLabel(text, from, dot)) {
                return false;
            }
            from = dot + 1;
        }
        return isLabel(text, from, text.length());
    }

    private static boolean isLabel(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean isWithin = i > from && i < to - 1;
            if (!isLetterOrDigit(text.charAt(i)) && !(isWithin && text.charAt(i) == '-')) {
                return false;
            }
        }
        return from < to;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static String noName(String text, int longest) {
        return "'%s' is no name that Kubernetes gives: at most %d of a-z, 0-9, '-'%s, with a letter or a digit at both ends"
                .formatted(shown(text), longest, longest == LONGEST ? " and '.'" : "");
    }

    /** As much of it as a message may show; whatever is not plain ASCII is a question mark. */
    private static String shown(String text) {
        var shown = new StringBuilder();
        text.chars().limit(SHOWN).forEach(c -> shown.append(c >= ' ' && c <= '~' ? (char) c : '?'));
        return text.length() > SHOWN ? shown + "..." : shown.toString();
    }
}
