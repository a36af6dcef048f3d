package dev.kubesent.report;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * Whether this says more than what was said of it before. A failure that goes on is judged every five minutes; the same answer is told once in
     * each hour that it goes on, as long as Kubernetes keeps an Event. What is wrong with a pod as a whole may stay like that on purpose, as a
     * standby: it is told once.
     */
    public boolean isNews(Incident before) {
        var last = before.progress().verdict();
        var now = incident.progress().verdict();
        return last == null
                || now == null
                || !last.decision().equals(now.decision())
                || !last.reasons().equals(now.reasons())
                || incident.getSpec().failure().isCounted() && hour(last.at()) != hour(now.at());
    }

    /** Since the failure goes on; -1 before. */
    private long hour(Instant at) {
        var begun =
                Optional.ofNullable(incident.progress().seen()).map(Seen::begun).orElse(Instant.EPOCH);
        return at.isBefore(begun) ? -1 : Duration.between(begun, at).toHours();
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
