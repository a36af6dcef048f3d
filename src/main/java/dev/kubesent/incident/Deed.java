package dev.kubesent.incident;

/** What an act did. */
public enum Deed {
    /** Of a memory limit, from an amount to an amount. */
    RAISE,
    /** Of a pod template, from a revision to a revision. */
    ROLL_BACK,
    /** Of one field of a pod template, from a value to a value. */
    EDIT,
    /** Of a pod, which its controller replaces. */
    RESTART
}
