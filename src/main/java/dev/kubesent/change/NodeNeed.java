package dev.kubesent.change;

/** What a change needs of the node that the failing pod is on. */
public enum NodeNeed {
    /** It is for whatever node comes next. */
    NONE,
    /** A kubelet that answers: without one, no pod of the node ends. */
    READY,
    /** And that takes pods: what is deleted there has to come back. */
    SCHEDULABLE
}
