package dev.kubesent.redaction;

import java.util.List;

/** Which of the arguments of a command are a secret by what stands before them, as a shell would have it: {@code curl -u name:password}. */
final class Arguments {

    private final List<String> all;
    private final String line;
    private final List<Span> spans;

    private Arguments(List<String> all) {
        this.all = all;
        this.line = String.join(" ", all);
        this.spans = line.length() <= Bound.TEXT ? Secrets.in(line).spans() : List.of();
    }

    static Arguments of(List<String> all) {
        return new Arguments(all);
    }

    /** Of what is too long to be looked through as one, each is looked through by itself; what no one is, is none. */
    boolean isSecret(int index) {
        int start = 0;
        for (int i = 0; i < index; i++) {
            start += all.get(i).length() + 1;
        }
        int from = start;
        int to = start + all.get(index).length();
        // What is a secret by itself is taken out of it, and leaves the rest.
        return spans.stream().anyMatch(span -> span.start() < to && span.end() > from)
                && Secrets.in(all.get(index)).spans().isEmpty();
    }
}
