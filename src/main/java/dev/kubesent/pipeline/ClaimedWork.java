package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.Name;
import dev.kubesent.evidence.EvidenceReader.Beforehand;
import dev.kubesent.evidence.PodOwners;
import dev.kubesent.failure.Failure;
import dev.kubesent.incident.Claim;
import dev.kubesent.incident.Incidents;
import dev.kubesent.incident.LeaseLostException;
import dev.kubesent.incident.NamespaceIncidents;
import dev.kubesent.lifecycle.Due;
import dev.kubesent.lifecycle.Lifecycle;
import dev.kubesent.lifecycle.Stages;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Stage;
import dev.kubesent.text.Effort;
import dev.kubesent.time.Recent;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
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
        NamespaceIncidents ofNamespaces,
        Lifecycle lifecycle,
        Stages stages,
        ParkedReport parked,
        Consumer<Incident> released) {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedWork.class);

    /** Incidents of its workload that are kept until the work on one begins; of more, they are read again. */
    private static final int KEPT = 10;

    /** @param known what was read to find it @param pod that shows it */
    record Found(Claim claim, Kept known, Left.PodRef pod) {}

    /** Finds a failure's incident; empty where we have no right to write incidents. */
    Optional<Found> claim(Failure failure, Pod live, PodOwners owners) {
        var namespace = live.getMetadata().getNamespace();
        try {
            // For each failure of a pod anew: what was just done about one is to be known of the next.
            var ofWorkload = owners.workload().map(workload -> ofNamespaces.of(namespace, workload));
            var claim = incidents.claim(failure, live, owners.controller(), ofWorkload);
            var known = new Beforehand(
                    owners, ofWorkload.filter(all -> all.incidents().size() <= KEPT));
            var pod = new Left.PodRef(
                    new Name(namespace), new Name(live.getMetadata().getName()));
            return Optional.of(new Found(claim, new Kept(known), pod));
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

    /** Of a failure that a pod shows. @param healing what is done about it; another incident of its workload that is at work goes on by its phase */
    Incident take(Found found, UnaryOperator<Incident> healing) {
        return take(found.claim(), found.known()::pack, Optional.of(found.pod()), healing);
    }

    /** Of an incident that no pod was read for. */
    Incident take(Claim claim, UnaryOperator<Incident> healing) {
        return take(claim, () -> 0, Optional.empty(), healing);
    }

    private Incident take(Claim claim, IntSupplier weight, Optional<Left.PodRef> pod, UnaryOperator<Incident> healing) {
        return switch (claim) {
            case Claim.Due due -> begin(due, weight, pod, healing);
            case Claim.Ours(var incident) -> heal(incident, healing);
            // What was cut short in the middle is finished before anything is said of it.
            case Claim.Watched(var incident) -> goOn(incident);
            case Claim.Parked(var incident) -> parked.tell(incident);
            case Claim.Held(var incident) -> incident;
            case Claim.Settled(var incident) -> incident;
        };
    }

    /** Takes it when its turn comes. What waits here already is not put behind itself again. */
    private Incident begin(
            Claim.Due due, IntSupplier weight, Optional<Left.PodRef> pod, UnaryOperator<Incident> healing) {
        var incident = due.incident();
        var uid = incident.getMetadata().getUid();
        if (!waiting.add(uid)) {
            return incident;
        }
        try {
            return work.run(
                    Work.Load.of(incident, weight), () -> taken(due, healing), incident, () -> notBegun(incident));
        } catch (RejectedExecutionException e) {
            waiting.remove(uid);
            return left(incident, pod, e);
        } catch (RuntimeException | Error e) {
            waiting.remove(uid); // it could not be packed: it does not wait, and the next event finds it
            throw e;
        }
    }

    /** There was no thread for it: the next round takes it up. */
    private void notBegun(Incident incident) {
        waiting.remove(incident.getMetadata().getUid());
        left.note();
        released.accept(incident);
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
    void goOnWith(Incident incident) {
        if (!isWatched(incident) || looked.get(incident.getMetadata().getUid()).isEmpty()) {
            goOnNow(incident);
        }
    }

    /** The same, whenever it was looked at last. */
    void goOnNow(Incident incident) {
        if (!work.hasRoom(incident.getMetadata().getNamespace(), Work.Order.of(incident))) {
            left.note();
            return;
        }
        try {
            var _ = goOn(incident);
        } catch (ClusterException | RejectedExecutionException e) {
            LOG.info("{} is taken up later: {}", incident.getMetadata().getName(), e.getMessage());
        }
    }

    private Incident goOn(Incident incident) {
        return isWatched(incident) ? watch(incident) : take(incidents.resume(incident), lifecycle::advance);
    }

    private static boolean isWatched(Incident incident) {
        var status = incident.progress();
        return status.phase() == Phase.Verifying || (status.phase() == Phase.Undoing && !status.hasBegun());
    }

    private Incident left(Incident incident, Optional<Left.PodRef> pod, RejectedExecutionException e) {
        if (!work.isBehindTheAnswer()) {
            throw e;
        }
        left.note();
        var isFound = incident.progress().phase().unfinished()
                || pod.filter(left::keep).isPresent();
        if (!isFound) {
            released.accept(incident);
        }
        return incident;
    }

    /** Most looks find nothing to do, and write nothing. One that waits for its turn is not made to wait twice. */
    private Incident watch(Incident watched) {
        var uid = watched.getMetadata().getUid();
        if (!waiting.add(uid)) {
            return watched;
        }
        try {
            var found = work.run(Work.Load.of(watched, () -> 0), () -> look(watched), watched, () -> notBegun(watched));
            looked.put(uid, true, LOOKED_AT_AFTER);
            return found;
        } catch (RejectedExecutionException e) {
            waiting.remove(uid);
            return left(watched, Optional.empty(), e);
        } catch (RuntimeException | Error e) {
            waiting.remove(uid); // as in begin
            throw e;
        }
    }

    private Incident look(Incident watched) {
        try {
            return incidents.isHeld(watched)
                    ? watched
                    : switch (due(watched)) {
                        case Due.Nothing _ -> watched;
                        case Due.LastWord(var step) ->
                            watched.progress().lease() == null
                                    ? heal(watched, step)
                                    : takenWatched(watched, step); // who holds it may come back
                        case Due.Step(var step) -> takenWatched(watched, step);
                    };
        } finally {
            waiting.remove(watched.getMetadata().getUid());
        }
    }

    private Incident takenWatched(Incident watched, UnaryOperator<Incident> step) {
        return switch (incidents.takeWatched(watched)) {
            case Claim.Ours(var ours) -> heal(ours, step);
            case Claim.Parked(var other) -> parked.tell(other);
            case Claim.Due(var other, var _, var _) -> other;
            case Claim.Held(var other) -> other;
            case Claim.Watched(var other) -> other;
            case Claim.Settled(var other) -> other;
        };
    }

    /** What cannot be looked at for a defect of ours is left as it is, and does not keep the others. */
    private Due due(Incident watched) {
        try {
            return lifecycle.due(watched);
        } catch (ClusterException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "a defect of KubeSent, at incident {}",
                    watched.getMetadata().getName(),
                    e);
            return new Due.Nothing();
        }
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
            return lifecycle.defect(claimed, e);
        }
    }

    /** So that the next event can go on at once; where this fails too, the lease runs out by itself. */
    private void letGo(Incident claimed) {
        if (claimed.progress().lease() == null) {
            return; // its last word takes none
        }
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
