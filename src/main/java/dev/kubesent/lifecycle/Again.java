package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.gate.Refused;

/** What came of trying again. */
public sealed interface Again {

    record Acted(Incident incident) implements Again {}

    record Declined(Incident incident, Refused refused) implements Again {}
}
