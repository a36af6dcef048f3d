package dev.kubesent.evidence;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.text.ForeignText;
import java.util.Optional;
import java.util.function.Function;

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

    /** What speaks against an act by what the source says; that it cannot be told, where it could not be read. */
    default Optional<Refusal> whyNot(Function<T, Optional<Refusal>> answer) {
        return switch (this) {
            case Present<T>(T value) -> answer.apply(value);
            case Missing<T>(Source source, String why) ->
                Optional.of(new Refusal(RefusalReason.CANNOT_TELL, source + " could not be read: " + why));
            case Unasked<T>(Source source) ->
                Optional.of(new Refusal(RefusalReason.CANNOT_TELL, source + " was not read"));
        };
    }
}
