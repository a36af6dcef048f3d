package dev.kubesent.gate;

/** Every reason there is to keep the hands off. */
public enum RefusalReason {
    /** The live pod does not show this failure any more, or is another pod. */
    NOT_FAILING_ANY_MORE(Weight.HARD),
    /** The evidence does not prove the cause that the action cures. */
    EVIDENCE_DOES_NOT_SUPPORT(Weight.HARD),
    CONFIDENCE_TOO_LOW(Weight.HARD),
    /** The cause is known, and nothing KubeSent does would cure it. */
    NOTHING_TO_DO(Weight.HARD),
    /** The action is right, but there is no safe way to carry it out on this kind of workload. */
    NO_REMEDY_FITS(Weight.HARD),
    /** The workload already asks for more; this pod is of an older revision, which its controller will replace. */
    ALREADY_CHANGED(Weight.HARD),
    NAMESPACE_NOT_OPTED_IN(Weight.HARD),
    NAMESPACE_PROTECTED(Weight.HARD),
    OPTED_OUT(Weight.HARD),
    SYSTEM_POD(Weight.HARD),
    CONTROLLER_UNKNOWN(Weight.HARD),
    /** It names a controller that did not make it: a forged owner changes nothing of that workload's, and the pod is no bare one either. */
    CONTROLLER_UNPROVEN(Weight.HARD),
    FIELD_NOT_ALLOWED(Weight.HARD),
    ABOVE_MAXIMUM(Weight.HARD),
    GROWN_TOO_FAR(Weight.HARD),
    LIMIT_RANGE(Weight.HARD),
    QUOTA(Weight.HARD),
    NODE_TOO_SMALL(Weight.HARD),
    NODE_NOT_READY(Weight.HARD),
    /** The same change of the same revision was made before, did not help, and was taken back. */
    TRIED_IN_VAIN(Weight.HARD),
    DRY_RUN_REFUSED(Weight.HARD),
    /** KubeSent was not given the right to make this change here; with it, it would be made. */
    RIGHT_MISSING(Weight.HOLD),
    /** Something a constraint needs could not be read. */
    CANNOT_TELL(Weight.HARD),
    /** The workload was changed a while ago, and is left alone for a while. */
    COOLING_DOWN(Weight.POLICY),
    /** So many changes in a day did not heal it. */
    ATTEMPTS_SPENT(Weight.POLICY),
    /** So many changes were made in this namespace within the hour. */
    BUDGET_SPENT(Weight.POLICY),
    /** The setting, the namespace or the workload does not list this kind of change. */
    NOT_ALLOWED(Weight.POLICY),
    /** This very revision was mended before, and somebody has rolled it out again. */
    PUSHED_AGAIN(Weight.POLICY),
    /** That this is the cure fits, and is not proven: what fails may lie elsewhere. */
    NOT_PROVEN(Weight.POLICY),
    /** It would give the pods a right that they do not have now: a person may say that they shall. */
    GAINS_RIGHTS(Weight.POLICY),
    /** Somebody else sets this field, and would set it back: the change belongs where that one takes it from. */
    OWNED_BY_ANOTHER(Weight.POLICY),
    /** Everything holds, but KubeSent was told to suggest and not to act. */
    SUGGEST_ONLY(Weight.POLICY),
    /** A person approved another change than the one that would be made now. */
    APPROVED_ANOTHER_CHANGE(Weight.POLICY),
    /** What fails has only just begun, and may come up by itself: an image that is still pushed, a Secret that is still made. */
    TOO_SOON(Weight.HOLD),
    /** A change to the same workload is under way, or is being watched. */
    BEING_VERIFIED(Weight.HOLD),
    /** So much fails together, in several namespaces, that it is not the workloads. */
    STORM(Weight.HOLD),
    /** So much fails together in this namespace; others are healed all the same. */
    STORM_IN_NAMESPACE(Weight.HOLD),
    /** A storm is over, but was a short while ago. */
    AFTER_STORM(Weight.HOLD),
    PAUSED(Weight.HOLD);

    private final Weight weight;

    RefusalReason(Weight weight) {
        this.weight = weight;
    }

    public Weight weight() {
        return weight;
    }

    public enum Weight {
        /** The change itself is not proven right. */
        HARD,
        /** The change is right; only a policy keeps KubeSent from making it, so it is proposed, and can be approved. */
        POLICY,
        /** The change is right, but nothing may be changed at this time; an approval waits until it may. */
        HOLD
    }
}
