package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;

/** What is done next about an incident, at the phases that are the handler's own. */
interface Handler {

    /** @param ours with its lease @return as it was written last */
    Incident advance(Incident ours);
}
