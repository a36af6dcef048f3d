package dev.kubesent.api.v1alpha1;

/** What an act did. */
public enum Deed {
    /** Of a memory limit, from an amount to an amount. */
    RAISE(false),
    /** Of a pod template, from a revision to a revision. */
    ROLL_BACK(true),
    /** Of one field of a pod template, from a value to a value. */
    EDIT(true),
    /** Of a pod, which its controller replaces. */
    RESTART(false);

    private final boolean ofARevision;

    Deed(boolean ofARevision) {
        this.ofARevision = ofARevision;
    }

    /** Whether it mends what a rollout brought along: who rolls the same out again means it. */
    public boolean isOfARevision() {
        return ofARevision;
    }
}
