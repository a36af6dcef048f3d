package dev.kubesent.report;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.Seen;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.cluster.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An incident whose work has ended, for now or for good.
 *
 * @param toldWithItsStorm whether nothing but a storm holds it up of which an Event was written a moment ago
 */
public record Finished(Incident incident, ObjectRef pod, ObjectRef workload, boolean toldWithItsStorm) {

    /** What version 0.1 called what is told apart by now: the same answer under another name is no news. */
    private static final Map<String, String> FORMER =
            Map.of(Phase.NoAutomaticFix.name(), Phase.Refused.name(), Phase.Waiting.name(), Phase.Proposed.name());

    public Finished(Incident incident, ObjectRef pod, ObjectRef workload) {
        this(incident, pod, workload, false);
    }

    public Reason reason() {
        return Reason.of(incident.progress().phase());
    }

    /** One sentence: what came of it, or the first reason why not. */
    public String sentence() {
        var status = incident.progress();
        if (status.outcome() != null && !status.phase().isUndecided()) {
            return status.outcome().detail();
        }
        if (status.verdict() != null && !status.verdict().reasons().isEmpty()) {
            var reasons = status.verdict().reasons();
            return reasons.getFirst() + (reasons.size() > 1 ? " (and " + (reasons.size() - 1) + " more reasons)" : "");
        }
        return status.story().isEmpty() ? "" : status.story().getLast();
    }

    /**
     * Whether this is to be told. A failure that goes on is judged every five minutes; the same answer is told once in each hour that it goes on, as
     * long as Kubernetes keeps an Event. A refusal of what is wrong with a pod as a whole may stay like that on purpose, as a standby: it is told once for
     * as long as it goes on.
     */
    public boolean isNews(Incident before) {
        var last = before.progress().verdict();
        var now = incident.progress().verdict();
        return last == null || now == null || isAnother(last, now) || isAnswer(last) || isTimeAgain(last, now);
    }

    private static boolean isAnother(VerdictRecord last, VerdictRecord now) {
        return !isCalledTheSame(last.decision(), now.decision())
                || !last.reasons().equals(now.reasons())
                || !last.fingerprint().equals(now.fingerprint());
    }

    private static boolean isCalledTheSame(String last, String now) {
        return last.equals(now) || last.equals(FORMER.get(now));
    }

    /** To a person who has said something since. */
    private boolean isAnswer(VerdictRecord last) {
        var approval = incident.progress().approval();
        return approval != null && approval.at() != null && approval.at().isAfter(last.at());
    }

    private boolean isTimeAgain(VerdictRecord last, VerdictRecord now) {
        var begun =
                Optional.ofNullable(incident.progress().seen()).map(Seen::begun).orElse(Instant.EPOCH);
        if (last.at().isBefore(begun)) {
            return true; // it had ended in between
        }
        var isToldOnce = !incident.getSpec().failure().isCounted()
                && incident.progress().phase().isNo();
        return !isToldOnce && hours(begun, last.at()) != hours(begun, now.at());
    }

    private static long hours(Instant begun, Instant at) {
        return Duration.between(begun, at).toHours();
    }

    /** Whether the last change was one of the workload's template: its controller makes other pods of it. */
    boolean hasChangedTemplate() {
        var acts = incident.progress().acts();
        return !acts.isEmpty() && !acts.getLast().template().isEmpty();
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
