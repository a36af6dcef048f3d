package dev.kubesent.evidence;

import dev.kubesent.text.ForeignText;
import java.util.Optional;

/** One source of evidence: what it said, or why it said nothing. */
public sealed interface Reading<T> {

    record Present<T>(T value) implements Reading<T> {}

    record Missing<T>(Source source, String why) implements Reading<T> {
        public Missing {
            why = ForeignText.message(why);
        }
    }

    default Optional<T> present() {
        return switch (this) {
            case Present<T>(T value) -> Optional.of(value);
            case Missing<T> _ -> Optional.empty();
        };
    }

    default Optional<Missing<T>> missing() {
        return switch (this) {
            case Present<T> _ -> Optional.empty();
            case Missing<T> missing -> Optional.of(missing);
        };
    }
}
