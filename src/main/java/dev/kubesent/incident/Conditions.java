package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Condition;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.OutcomeRecord;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.text.Clauses;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The phase as conditions, so that {@code kubectl wait --for=condition=Healed} and health checks of Argo CD and Flux need not know the phases.
 * They are made of the status each time it is written, and nothing is decided by them.
 */
final class Conditions {

    /** The change was made, and the workload lives. */
    static final String HEALED = "Healed";

    /** A person is asked: the change is written down, and waits for approval, or to be made by hand. */
    static final String PROPOSED = "Proposed";

    /** KubeSent is at work on it, watches what it changed, or looks again at a time that is known. */
    static final String PROGRESSING = "Progressing";

    /** The same in the word that kstatus knows: without it, Flux would call an incident Current on which work goes on. */
    static final String RECONCILING = "Reconciling";

    /** KubeSent plans nothing more: a person has to do something, or the failure to go on. What kstatus calls failed. */
    static final String STALLED = "Stalled";

    /** Characters of a message: five of them are in every incident. */
    private static final int LONGEST = 300;

    private Conditions() {}

    static IncidentStatus written(IncidentStatus status, Instant now) {
        var stated = status;
        for (var type : List.of(HEALED, PROPOSED, PROGRESSING, RECONCILING, STALLED)) {
            var is = is(type.equals(RECONCILING) ? PROGRESSING : type, status);
            var message = is ? message(status) : "";
            stated = stated.with(new Condition(
                    type, is ? "True" : "False", status.phase().name(), message, status.observedGeneration(), now));
        }
        return stated;
    }

    private static boolean is(String type, IncidentStatus status) {
        return switch (status.phase()) {
            case Opened, Diagnosed, Acting, Verifying, Undoing -> type.equals(PROGRESSING);
            case Proposed -> type.equals(PROPOSED) || type.equals(goesOn(status));
            case NoAutomaticFix, Refused, Waiting, Failed -> type.equals(goesOn(status));
            case Healed -> type.equals(HEALED);
            case Superseded, Closed -> false;
        };
    }

    /** What is to be judged again at a time that is known goes on by itself. */
    private static String goesOn(IncidentStatus status) {
        return status.waitsFor() == null ? STALLED : PROGRESSING;
    }

    private static String message(IncidentStatus status) {
        var said = switch (status.phase()) {
            case NoAutomaticFix, Refused, Waiting, Proposed -> reasons(status);
            case Acting, Verifying, Undoing, Healed, Failed ->
                Optional.ofNullable(status.outcome()).map(OutcomeRecord::detail).orElseGet(() -> reasons(status));
            case Opened, Diagnosed, Superseded, Closed -> "";
        };
        return said.substring(0, Math.min(said.length(), LONGEST));
    }

    private static String reasons(IncidentStatus status) {
        return Clauses.joined(Optional.ofNullable(status.verdict())
                .map(VerdictRecord::reasons)
                .orElse(List.of()));
    }
}
