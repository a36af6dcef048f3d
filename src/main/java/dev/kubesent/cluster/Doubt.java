package dev.kubesent.cluster;

/** Why a claim of ownership is not believed. */
public enum Doubt {
    /** That kind does not control such things: a Deployment controls ReplicaSets, and never a pod. */
    KIND,
    /** There is no such owner, or the one of that name has another uid. */
    GONE,
    /** The controller does not name what it makes like this. */
    NAME,
    /** A label that the controller puts on what it makes is missing, or is another's. */
    LABELS,
    /** The owner's selector does not select it. */
    SELECTOR,
    /** The owner's template has a container that the pod lacks. */
    CONTAINER,
    /** A container runs another image than the owner's template says. */
    IMAGE,
    /** A container runs another command than the owner's template says. */
    COMMAND,
    /** It is on no node, and for none: a DaemonSet makes its pods for one. */
    NODE
}
