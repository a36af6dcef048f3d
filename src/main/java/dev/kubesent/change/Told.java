package dev.kubesent.change;

import dev.kubesent.redaction.Legible;
import java.util.List;

/** What a person is told of a change. */
sealed interface Told permits Change {

    /** The name a person knows it by. */
    default String remedy() {
        return getClass().getSimpleName();
    }

    /** As in "about to". */
    String purpose();

    /** What changes from what to what, line by line. */
    List<String> diff();

    /** In a word or two: the value, revision or pod before it. */
    String was();

    /** In a word or two: the value or revision after it. */
    String becomes();

    /** {@link #diff} as one text: what a person reads. */
    default String display() {
        return String.join("\n", Legible.lines(diff()));
    }
}
