package dev.kubesent.diagnosis;

/** What a cause says of other revisions, and of other pods. */
enum Trait {
    /**
     * In what a revision brings along: its image, its command, its settings, its probes. Not what another revision would meet as well:
     * memory, credentials, a full disk, a lock, or anything outside.
     */
    OF_REVISION,
    /** Of the pod's node, or of what it met or left behind. Not what its siblings share, or what another pod would meet as well. */
    OF_ONE_POD
}
