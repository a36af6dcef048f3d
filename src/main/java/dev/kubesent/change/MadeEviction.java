package dev.kubesent.change;

import dev.kubesent.cluster.ObjectRef;

/**
 * A pod that was evicted. It cannot be brought back.
 *
 * @param target the pod, as it was
 * @param revision of its successor
 */
public record MadeEviction(ObjectRef target, ObjectRef workload, RevisionRef revision) implements Made {

    static MadeEviction of(PodEviction change) {
        return new MadeEviction(change.target(), change.workload(), change.revision());
    }
}
