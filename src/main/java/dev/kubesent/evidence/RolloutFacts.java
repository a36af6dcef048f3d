package dev.kubesent.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of the rollout that made the failing pod.
 *
 * @param changes what it changed, where it is fresh; without credentials
 * @param own the pod's revision, where it is the newest; empty too for a workload that keeps none
 * @param life how far a pod of it has ever come, as far as the cluster still tells
 * @param failing which of its pods fail
 * @param earlier every other that is kept
 */
public record RolloutFacts(
        List<String> changes, Optional<Revision> own, Life life, Failing failing, List<Revision> earlier) {

    public static final RolloutFacts NONE =
            new RolloutFacts(List.of(), Optional.empty(), Life.LIVED, Failing.SEVERAL, List.of());

    public RolloutFacts {
        changes = List.copyOf(changes);
        earlier = List.copyOf(earlier);
    }

    /** How far the pods of a revision have come. */
    public enum Life {
        NEVER_READY,
        /** Ready for a moment: who asks nothing of a pod takes one that has just begun for ready. */
        READY_AT_ONCE,
        /** Ready for a minute, or once running for five. */
        LIVED
    }

    /** Which pods of the newest revision fail. */
    public enum Failing {
        /** The pod at hand alone. */
        ONE,
        /** All of one node, and none of another. */
        ALL_OF_ONE_NODE,
        SEVERAL
    }

    /** Of the newest revision's pods, which live; none where it is not known. */
    public int steady() {
        return own.map(Revision::steady).orElse(0);
    }

    /** Whether the newest revision never came to live. */
    public boolean isBroken() {
        return own.isPresent() && life == Life.NEVER_READY;
    }

    /** Whether no pod of the newest revision has come through its start. */
    public boolean isStillborn() {
        return own.isPresent() && life != Life.LIVED;
    }

    /** Whether there was none before it. */
    public boolean isFirst() {
        return own.filter(revision -> revision.number() < 2).isPresent();
    }

    /**
     * The latest of the earlier revisions whose pods live now; where there is none, of those that an incident saw live. No pod of it fails, and
     * no incident blames it: chosen by evidence and not by its number, as {@code kubectl rollout undo} would (pkg/polymorphichelpers/rollback.go).
     */
    public Optional<Revision> good(History history) {
        return latest(history, revision -> revision.steady() > 0)
                .or(() -> latest(
                        history,
                        revision -> history.sawLive(revision.template()).isPresent()));
    }

    private Optional<Revision> latest(History history, Predicate<Revision> lives) {
        return earlier.stream()
                .filter(lives)
                .filter(revision -> revision.failing() == 0)
                .filter(revision -> !history.blamed().contains(revision.hash()))
                .max(Comparator.comparingLong(Revision::number));
    }
}
