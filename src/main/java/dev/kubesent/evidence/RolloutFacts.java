package dev.kubesent.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the rollout that made the failing pod.
 *
 * @param changes what it changed, where it is fresh; without credentials
 * @param own the pod's revision, where it is the newest; empty too for a workload that keeps none
 * @param wasAvailable whether a pod of it has ever been ready, as far as the cluster still tells; who asks nothing of a pod takes one that
 *     has just begun for ready
 * @param hasLived whether a pod of it has been ready for a minute, or has once run for five
 * @param earlier every other that is kept
 */
public record RolloutFacts(
        List<String> changes, Optional<Revision> own, boolean wasAvailable, boolean hasLived, List<Revision> earlier) {

    public static final RolloutFacts NONE = new RolloutFacts(List.of(), Optional.empty(), false, false, List.of());

    public RolloutFacts {
        changes = List.copyOf(changes);
        earlier = List.copyOf(earlier);
    }

    /** Whether the newest revision never came to live. */
    public boolean isBroken() {
        return own.isPresent() && !wasAvailable && !hasLived;
    }

    /** Whether no pod of the newest revision has come through its start. */
    public boolean isStillborn() {
        return own.isPresent() && !hasLived;
    }

    /** Whether there was none before it. */
    public boolean isFirst() {
        return own.filter(revision -> revision.number() < 2).isPresent();
    }

    /**
     * The latest of the earlier revisions whose pods live now, none of them failing, and that no incident blames: chosen by evidence
     * and not by its number, as {@code kubectl rollout undo} would (pkg/polymorphichelpers/rollback.go).
     */
    public Optional<Revision> good(History history) {
        return earlier.stream()
                .filter(revision -> revision.steady() > 0 && revision.failing() == 0)
                .filter(revision -> !history.blamed().contains(revision.hash()))
                .max(Comparator.comparingLong(Revision::number));
    }
}
