package dev.kubesent.report;

import dev.kubesent.api.v1alpha1.Incident;
import java.time.Duration;

/** Somebody who is told. It must not throw, and not wait for anybody: what it tells has already happened. */
@FunctionalInterface
public interface Reporter {

    void tell(Finished finished);

    /** Each time an incident gets to another phase, the first one included, as it was written. */
    default void moved(Incident incident) {}

    /** Each time a stage begins. @param incident namespace/name @return what is told how it goes, and closed at its end */
    default StageSpan begun(Stage stage, String incident) {
        return StageSpan.UNOBSERVED;
    }

    /** What {@link #took} is told of a stage that did not fail, as Micrometer has it. */
    String NO_ERROR = "none";

    /** A stage that was begun before this one could follow it. @param error the simple name of the exception that ended it, or {@link #NO_ERROR} */
    default void took(Stage stage, Duration time, String error) {}

    /** Each time an event was handled. */
    default void handled(EventOutcome outcome) {}

    /** Each time a sweep came to its end. */
    default void swept() {}
}
