package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Condition;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.OutcomeRecord;
import dev.kubesent.api.v1alpha1.Phase;
import java.time.Instant;

/**
 * Puts aside an incident that nobody comes to an end with. Whoever works on one ends it, or lets go of it, also where the cluster or
 * KubeSent itself is at fault; a lease that ran out says that the process died over it, or hangs. Taken over again and again, one
 * incident would stop the work on all others, after each restart as well.
 */
final class Parking {

    /** A process that is killed for another reason, or rolled out anew, leaves a lease too; four times in a row it does not. */
    static final int MOST_TAKEOVERS = 3;

    /** The type of the condition that says whether an incident is. */
    static final String PARKED = "Parked";

    private Parking() {}

    /** With the lease that ran out, where there is one. */
    static IncidentStatus counted(IncidentStatus status) {
        return status.lease() == null ? status : status.takenOver(status.takeovers() + 1);
    }

    /** Never where a change is written down and not known to be finished: what was deleted has to be created again. */
    static boolean isDue(IncidentStatus counted) {
        return counted.takeovers() > MOST_TAKEOVERS && !counted.hasBegun();
    }

    /** It stays so until a person approves the incident, or deletes it. */
    static boolean isParked(IncidentStatus status) {
        return status.phase() == Phase.Failed && status.takeovers() > MOST_TAKEOVERS;
    }

    /** Taken: that ends it, where a person said so. */
    static IncidentStatus atWork(IncidentStatus taken, Instant now) {
        return taken.with(new Condition(PARKED, "False", "AtWork", "", 0, now));
    }

    static IncidentStatus parked(IncidentStatus counted, String name, Instant now) {
        var why =
                "parked: work on it was begun and taken over %d times, and never came to an end: KubeSent died over it, or hung. "
                                .formatted(counted.takeovers())
                        + (counted.standing().isEmpty() ? "" : "What was changed stays, and is not watched any more. ")
                        + ("Look at the pod's log, messages and events for what is unusual, and at KubeSent's own log."
                                        + " It is not tried again for this revision, unless you say so: set spec.approved of"
                                        + " incident %s to true (to false before, where it is true), or delete the incident")
                                .formatted(name);
        return counted.ended(Phase.Failed, new OutcomeRecord(why, "", now))
                .letGo()
                .takenOver(counted.takeovers())
                .with(new Condition(PARKED, "True", "TakenOverTooOften", why, 0, now))
                .telling(now, why);
    }
}
