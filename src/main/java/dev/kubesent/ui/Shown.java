package dev.kubesent.ui;

import dev.kubesent.redaction.Legible;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Text of others, as it is sent to a browser: control and bidirectional characters escaped, and no longer than a person reads. */
final class Shown {

    /** Characters of one line: KubeSent's own have 1,000 at most. */
    static final int LINE = 2_000;

    /** Characters of a diff or a patch. */
    static final int BLOCK = 60_000;

    /** Lines of one kind: a story has 60 at most. */
    static final int LINES = 100;

    private Shown() {}

    static String line(@Nullable String text) {
        return Legible.line(cut(Objects.requireNonNullElse(text, ""), LINE));
    }

    static String block(@Nullable String text) {
        return Legible.block(cut(Objects.requireNonNullElse(text, ""), BLOCK));
    }

    static List<String> lines(List<String> all) {
        var shown = all.stream().limit(LINES).map(Shown::line);
        var more = all.size() - LINES;
        return (more > 0 ? Stream.concat(shown, Stream.of("and " + more + " more lines")) : shown).toList();
    }

    private static String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, most) + " … (%,d more characters)".formatted(text.length() - most);
    }
}
