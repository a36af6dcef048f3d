package dev.kubesent.evidence;

import dev.kubesent.evidence.revision.Revision;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the rollout that made the failing pod.
 *
 * @param changes what it changed, where it is fresh; without credentials
 * @param own the pod's revision, where it is the newest; empty too for a workload that keeps none
 * @param life how far a pod of it has ever come, as far as the cluster still tells
 * @param failing which of its pods fail
 * @param earlier every other that is kept
 * @param workload its uid
 * @param replaced the one before the newest, where the rollout is a Deployment's and fresh, and no pod of any earlier revision is ready any more
 */
public record RolloutFacts(
        List<String> changes,
        Optional<Revision> own,
        Life life,
        Failing failing,
        List<Revision> earlier,
        String workload,
        Optional<Revision> replaced) {

    public static final RolloutFacts NONE =
            new RolloutFacts(List.of(), Optional.empty(), Life.LIVED, Failing.SEVERAL, List.of(), "", Optional.empty());

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
     * The latest of the earlier revisions whose pods live now, none of them failing, and that no incident blames: chosen by evidence and not by its
     * number, as {@code kubectl rollout undo} would (pkg/polymorphichelpers/rollback.go). Where no pod of any is ready, the one {@link #lived}.
     */
    public Optional<Revision> good(History history) {
        return earlier.stream()
                .filter(revision -> revision.steady() > 0 && revision.failing() == 0)
                .filter(revision -> !history.blamed().contains(revision.hash()))
                .max(Comparator.comparingLong(Revision::number))
                .or(() -> lived(history).map(Lived::revision));
    }

    /** What the rollout took the place of, where an incident saw it live. Not an older one: what came in between lived unseen, perhaps. */
    public Optional<Lived> lived(History history) {
        return replaced.filter(revision -> !history.blamed().contains(revision.hash()))
                .flatMap(revision ->
                        history.sawLive(workload, revision.template()).map(at -> new Lived(revision, at)));
    }

    /** @param at when an incident saw all pods of it live */
    public record Lived(Revision revision, Instant at) {}
}
