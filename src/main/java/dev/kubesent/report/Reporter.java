package dev.kubesent.report;

import dev.kubesent.incident.Incident;

/** Somebody who is told. It must not throw, and not wait for anybody: what it tells has already happened. */
@FunctionalInterface
public interface Reporter {

    void tell(Finished finished);

    /** Each time an incident gets to another phase, the first one included, as it was written. */
    default void moved(Incident incident) {}

    /** Each time an event was handled. */
    default void handled(EventOutcome outcome) {}
}
