package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IntentRecord;
import dev.kubesent.incident.Entry;
import dev.kubesent.remedy.engine.Checkpoint;

/** Points of no return, written into the incident. */
final class RecordedStep implements Checkpoint {

    private final Ledger ledger;
    private Incident incident;

    RecordedStep(Ledger ledger, Incident incident) {
        this.ledger = ledger;
        this.incident = incident;
    }

    @Override
    public String last() {
        IntentRecord intent = incident.progress().intent();
        return intent == null ? "" : intent.step();
    }

    @Override
    public void reached(String step) {
        incident = ledger.record(
                incident,
                new Entry(
                        status -> status.reached(step),
                        "point of no return passed, this change will be completed: " + step));
    }

    /** As it stands after the last of them. */
    Incident incident() {
        return incident;
    }
}
