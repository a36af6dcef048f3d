package dev.kubesent.evidence;

/**
 * What an incident may tell of. Whoever reads it may read no more than its namespace, and a line in a log is enough to have a
 * Service or an image of another one looked up.
 */
public enum Reach {
    OWN_NAMESPACE,
    /** {@code KUBESENT_TELL_ACROSS_NAMESPACES=true}. */
    ALL_NAMESPACES
}
