package dev.kubesent.evidence.revision;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.change.RevisionRef;

/**
 * One state of a workload's pod template, as its controller keeps it.
 *
 * @param name of the ReplicaSet or ControllerRevision
 * @param hash the value of the label by which the pods of it are told from others
 * @param number the higher, the later it was last asked for
 * @param template without what the controller added to it
 * @param steady pods that have been ready for a minute, and of which no container fails
 * @param ready pods that are ready now, if only since a moment
 * @param failing pods of which a container fails
 */
public record Revision(String name, String hash, long number, JsonNode template, int steady, int ready, int failing) {

    /** By name, as a change speaks of it. */
    public RevisionRef ref() {
        return new RevisionRef(name, hash, number);
    }

    /** How a person says it, and kubectl rollout counts it. */
    public String display() {
        return ref().display();
    }
}
