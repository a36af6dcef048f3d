package dev.kubesent.pipeline;

import dev.kubesent.gate.Refused;
import dev.kubesent.incident.Incident;

/** What came of trying again. */
sealed interface Again {

    record Acted(Incident incident) implements Again {}

    record Declined(Incident incident, Refused refused) implements Again {}
}
