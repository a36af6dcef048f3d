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
    FIELD_NOT_ALLOWED(Weight.HARD),
    ABOVE_MAXIMUM(Weight.HARD),
    GROWN_TOO_FAR(Weight.HARD),
    LIMIT_RANGE(Weight.HARD),
    QUOTA(Weight.HARD),
    NODE_TOO_SMALL(Weight.HARD),
    NODE_NOT_READY(Weight.HARD),
    COOLING_DOWN(Weight.HARD),
    ATTEMPTS_SPENT(Weight.HARD),
    DRY_RUN_REFUSED(Weight.HARD),
    /** Something a constraint needs could not be read. */
    CANNOT_TELL(Weight.HARD),
    /** Everything holds, but KubeSent was told to suggest and not to act. */
    SUGGEST_ONLY(Weight.POLICY);

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
        /** The change is right; only a policy keeps KubeSent from making it, so it is proposed. */
        POLICY
    }
}
