package dev.kubesent.report;

import dev.kubesent.api.v1alpha1.Phase;
import java.util.Locale;

/** How the work on an incident ended, in the word that Events, logs, metrics and CloudEvents all use. */
public enum Reason {
    /** Nothing that KubeSent does would cure it: a person has to. */
    HealingManual("Warning"),
    HealingRefused("Warning"),
    /** Only its time has not come: nobody is asked anything. */
    HealingPostponed("Warning"),
    HealingProposed("Warning"),
    /** The change was made; whether it helps is being watched. */
    HealingApplied("Normal"),
    /** The workload has survived. */
    HealingVerified("Normal"),
    /** It did not help, and was taken back; that is being watched. */
    HealingUndone("Warning"),
    HealingFailed("Warning"),
    HealingSuperseded("Normal"),
    /** There is nothing to heal any more. */
    HealingClosed("Normal"),
    /** Half done: the cluster needs more time. */
    HealingWaiting("Normal"),
    /** Interrupted by the cluster's or our own fault; it goes on later. */
    HealingInterrupted("Warning");

    private final String eventType;

    Reason(String eventType) {
        this.eventType = eventType;
    }

    /** The type of a Kubernetes Event. */
    public String eventType() {
        return eventType;
    }

    public static Reason of(Phase phase) {
        return switch (phase) {
            case NoAutomaticFix -> HealingManual;
            case Refused -> HealingRefused;
            case Waiting -> HealingPostponed;
            case Proposed -> HealingProposed;
            case Verifying -> HealingApplied;
            case Healed -> HealingVerified;
            case Undoing -> HealingUndone;
            case Failed -> HealingFailed;
            case Superseded -> HealingSuperseded;
            case Closed -> HealingClosed;
            case Acting -> HealingWaiting;
            case Opened, Diagnosed -> HealingInterrupted;
        };
    }

    /** {@code refused}, for a metric's tag. */
    public String tag() {
        return name().substring("Healing".length()).toLowerCase(Locale.ROOT);
    }
}
