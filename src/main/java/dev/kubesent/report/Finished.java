package dev.kubesent.report;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.incident.Incident;

/** An incident whose work has ended, for now or for good. */
public record Finished(Incident incident, ObjectRef pod, ObjectRef workload) {

    public Reason reason() {
        return Reason.of(incident.progress().phase());
    }

    /** One sentence: what came of it, or the first reason why not. */
    public String sentence() {
        var status = incident.progress();
        if (status.outcome() != null && reason() != Reason.HealingRefused && reason() != Reason.HealingProposed) {
            return status.outcome().detail();
        }
        if (status.verdict() != null && !status.verdict().reasons().isEmpty()) {
            var reasons = status.verdict().reasons();
            return reasons.getFirst() + (reasons.size() > 1 ? " (and " + (reasons.size() - 1) + " more reasons)" : "");
        }
        return status.story().isEmpty() ? "" : status.story().getLast();
    }

    String cause() {
        var diagnosis = incident.progress().diagnosis();
        return diagnosis == null ? "" : diagnosis.cause();
    }

    int confidence() {
        var diagnosis = incident.progress().diagnosis();
        return diagnosis == null ? 0 : diagnosis.confidence();
    }
}
