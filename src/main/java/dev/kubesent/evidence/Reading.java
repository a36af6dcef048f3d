package dev.kubesent.evidence;

import dev.kubesent.text.ForeignText;
import java.util.Optional;

/** One source of evidence: what it said, why it said nothing, or that it was not asked. */
public sealed interface Reading<T> {

    record Present<T>(T value) implements Reading<T> {}

    record Missing<T>(Source source, String why) implements Reading<T> {
        public Missing {
            why = ForeignText.message(why);
        }
    }

    /** Nobody needs it as things stand: what only a change has to respect is read when there is a change. */
    record Unasked<T>(Source source) implements Reading<T> {}

    default Optional<T> present() {
        return switch (this) {
            case Present<T>(T value) -> Optional.of(value);
            case Missing<T> _, Unasked<T> _ -> Optional.empty();
        };
    }

    default Optional<Missing<T>> missing() {
        return switch (this) {
            case Present<T> _, Unasked<T> _ -> Optional.empty();
            case Missing<T> missing -> Optional.of(missing);
        };
    }
}
