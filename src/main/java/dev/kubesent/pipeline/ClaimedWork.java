package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.EvidenceReader.Beforehand;
import dev.kubesent.evidence.PodOwners;
import dev.kubesent.failure.Failure;
import dev.kubesent.incident.Claim;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.Incidents;
import dev.kubesent.incident.LeaseLostException;
import dev.kubesent.incident.Phase;
import dev.kubesent.report.Stage;
import dev.kubesent.text.Effort;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the work on a claimed incident done, now or in the background, and lets go of what cannot be done. Behind an answer, what finds no room
 * is no reason to have the event sent again: its incident is written, and is taken up as soon as there is room.
 *
 * @param waiting uids of the incidents that wait for their turn in this process, or are at work
 * @param left for want of room
 * @param released is told what was let go of undone, or not taken, so that the next event is looked at
 * @param looked which incidents that are watched were looked at a short while ago: a round every two seconds does not look at all of them again
 */
record ClaimedWork(
        Work work,
        Left left,
        Set<String> waiting,
        Recent<String, Boolean> looked,
        Incidents incidents,
        Healer healer,
        Verifier verifier,
        Stages stages,
        ParkedReport parked,
        Consumer<Incident> released) {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedWork.class);

    /** Incidents of its workload that are kept until the work on one begins; of more, they are read again. */
    private static final int KEPT = 10;

    /** @param known what was read to find it @param weight of what waits beside its incident, in characters of JSON */
    record Found(Claim claim, Supplier<Beforehand> known, int weight) {}

    /** Finds a failure's incident; empty where we have no right to write incidents. */
    Optional<Found> claim(Failure failure, Pod live, PodOwners owners) {
        var namespace = live.getMetadata().getNamespace();
        try {
            // For each failure of a pod anew: what was just done about one is to be known of the next.
            var ofWorkload = owners.workload().map(workload -> incidents.of(namespace, workload));
            var claim = incidents.claim(failure, live, owners.controller(), ofWorkload);
            var known = new Beforehand(
                    owners, ofWorkload.filter(all -> all.incidents().size() <= KEPT));
            if (!work.isBehindTheAnswer()) {
                return Optional.of(new Found(claim, () -> known, 0)); // it begins now
            }
            var packed = known.packed();
            return Optional.of(new Found(claim, packed::unpacked, packed.size()));
        } catch (ClusterException e) {
            if (e.kind() != ClusterException.Kind.FORBIDDEN) {
                throw e;
            }
            LOG.info(
                    "no right to write Incidents in {}: bind the ClusterRole kubesent-healer there (knative/README.md)",
                    namespace);
            return Optional.empty();
        }
    }

    /**
     * @param weight of what waits beside the incident, in characters of JSON
     */
    Incident take(Claim claim, int weight, UnaryOperator<Incident> healing) {
        return switch (claim) {
            case Claim.Due due -> begin(due, weight, healing);
            case Claim.Ours(var incident) -> heal(incident, healing);
            case Claim.Watched(var incident) -> watch(incident);
            case Claim.Parked(var incident) -> parked.tell(incident);
            case Claim.Held(var incident) -> incident;
            case Claim.Settled(var incident) -> incident;
        };
    }

    /** Takes it when its turn comes. What waits here already is not put behind itself again. */
    private Incident begin(Claim.Due due, int weight, UnaryOperator<Incident> healing) {
        var incident = due.incident();
        var uid = incident.getMetadata().getUid();
        if (!waiting.add(uid)) {
            return incident;
        }
        try {
            return work.run(load(incident, weight), () -> taken(due, healing), incident);
        } catch (RejectedExecutionException e) {
            waiting.remove(uid);
            return left(incident, e);
        }
    }

    private Incident taken(Claim.Due due, UnaryOperator<Incident> healing) {
        try {
            return switch (incidents.begin(due)) {
                case Claim.Ours(var ours) -> heal(ours, healing);
                case Claim.Parked(var other) -> parked.tell(other);
                case Claim.Due(var other, var _, var _) -> notTaken(other);
                case Claim.Held(var other) -> notTaken(other);
                case Claim.Watched(var other) -> notTaken(other);
                case Claim.Settled(var other) -> notTaken(other);
            };
        } finally {
            waiting.remove(due.incident().getMetadata().getUid());
        }
    }

    /** Somebody was faster, and what is known of it is not true any more. */
    private Incident notTaken(Incident incident) {
        released.accept(incident);
        return incident;
    }

    /** Rounds come once a minute, and every two seconds while work waits for room. */
    private static final Duration LOOKED_AT_AFTER = Duration.ofSeconds(50);

    /** Goes on with what was cut short, or is watched, where there is room for it now. A fault does not keep the others from it. */
    void goOnWith(Incident incident, UnaryOperator<Incident> goOn) {
        if (!isWatched(incident) || looked.get(incident.getMetadata().getUid()).isEmpty()) {
            goOnNow(incident, goOn);
        }
    }

    /** The same, whenever it was looked at last. */
    void goOnNow(Incident incident, UnaryOperator<Incident> goOn) {
        if (!work.hasRoom(namespaceOf(incident), order(incident))) {
            left.add(incident);
            return;
        }
        try {
            var _ = isWatched(incident) ? watch(incident) : take(incidents.resume(incident), 0, goOn);
        } catch (ClusterException | RejectedExecutionException e) {
            LOG.info("{} is taken up later: {}", incident.getMetadata().getName(), e.getMessage());
        }
    }

    private static boolean isWatched(Incident incident) {
        var status = incident.progress();
        return status.phase() == Phase.Verifying || (status.phase() == Phase.Undoing && !status.hasBegun());
    }

    private Incident left(Incident incident, RejectedExecutionException e) {
        if (!work.isBehindTheAnswer()) {
            throw e;
        }
        if (!left.add(incident)) {
            released.accept(incident);
        }
        return incident;
    }

    /** Those of which nothing else says that they are to be taken up. @param read the incident as it is now */
    void offerAgain(Function<Left.Ref, Optional<Incident>> read, UnaryOperator<Incident> goOn) {
        for (var ref : left.take()) {
            if (work.hasRoom(ref.namespace(), Work.Order.NEW)) {
                read.apply(ref).ifPresent(incident -> goOnNow(incident, goOn));
            } else {
                left.keep(ref);
            }
        }
    }

    private static Work.Load load(Incident incident, int weight) {
        return new Work.Load(
                namespaceOf(incident), KubernetesJson.json(incident).length() + weight, order(incident));
    }

    private static Work.Order order(Incident incident) {
        return incident.progress().phase().atWork() || Incidents.isApprovedAnew(incident)
                ? Work.Order.BEGUN
                : Work.Order.NEW;
    }

    /** Most looks find nothing to do, and write nothing. */
    Incident watch(Incident watched) {
        try {
            var found = look(watched);
            looked.put(watched.getMetadata().getUid(), true, LOOKED_AT_AFTER);
            return found;
        } catch (RejectedExecutionException e) {
            return left(watched, e);
        }
    }

    private Incident look(Incident watched) {
        return work.run(
                load(watched, 0),
                () -> incidents.isHeld(watched)
                        ? watched
                        : due(watched).map(step -> taken(watched, step)).orElse(watched),
                watched);
    }

    private Incident taken(Incident watched, UnaryOperator<Incident> step) {
        return switch (incidents.takeWatched(watched)) {
            case Claim.Ours(var ours) ->
                heal(ours, mine -> stages.in(Stage.VERIFICATION, mine, () -> step.apply(mine)));
            case Claim.Parked(var other) -> parked.tell(other);
            case Claim.Due(var other, var _, var _) -> other;
            case Claim.Held(var other) -> other;
            case Claim.Watched(var other) -> other;
            case Claim.Settled(var other) -> other;
        };
    }

    /** What cannot be looked at for a defect of ours is left as it is, and does not keep the others. */
    private Optional<UnaryOperator<Incident>> due(Incident watched) {
        try {
            return verifier.due(watched);
        } catch (ClusterException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "a defect of KubeSent, at incident {}",
                    watched.getMetadata().getName(),
                    e);
            return Optional.empty();
        }
    }

    private static String namespaceOf(Incident incident) {
        return incident.getMetadata().getNamespace();
    }

    private Incident heal(Incident claimed, UnaryOperator<Incident> healing) {
        try {
            return Effort.within(
                    Effort.OF_AN_INCIDENT, () -> stages.in(Stage.INCIDENT, claimed, () -> healing.apply(claimed)));
        } catch (LeaseLostException e) {
            LOG.info("{}; stopping", e.getMessage());
            return claimed;
        } catch (ClusterException e) {
            letGo(claimed);
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "a defect of KubeSent, at incident {}",
                    claimed.getMetadata().getName(),
                    e);
            return healer.defect(claimed, e);
        }
    }

    /** So that the next event can go on at once; where this fails too, the lease runs out by itself. */
    private void letGo(Incident claimed) {
        try {
            released.accept(incidents.release(claimed));
        } catch (ClusterException | LeaseLostException e) {
            LOG.info(
                    "the lease of {} is left to run out: {}",
                    claimed.getMetadata().getName(),
                    e.getMessage());
        }
    }
}
