package dev.kubesent.api.v1alpha1;

/**
 * What a cause says of other revisions, and of other pods.
 *
 * <p>The first three are of what a revision brings along: its image, its command, its settings, its probes. A cause has one of them at most.
 * None is of what another revision would meet as well: memory, credentials, a full disk, a lock, or anything outside.
 */
public enum Trait {
    /** It rests on the template and its image, which are of the revision. */
    OF_TEMPLATE,
    /** It rests on settings and files, which may be mounted, and so may be of both revisions. */
    OF_FILES,
    /** It rests on what the program did, whatever it met: that another revision is without it is likely at most. */
    OF_PROGRAM,
    /** Of the pod's node, or of what it met or left behind. Not what its siblings share, or what another pod would meet as well. */
    OF_ONE_POD
}
