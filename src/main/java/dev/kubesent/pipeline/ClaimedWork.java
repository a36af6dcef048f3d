package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ObjectRef;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the work on a claimed incident done, now or in the background, and lets go of what cannot be done. Behind an answer, what finds no room
 * is no reason to have the event sent again: its incident is written, and is taken up as soon as there is room.
 *
 * @param hasLeft set where work was left for want of room
 * @param looked which incidents that are watched were looked at a short while ago: a round every two seconds does not look at all of them again
 */
record ClaimedWork(
        Work work,
        AtomicBoolean hasLeft,
        Recent<String, Boolean> looked,
        Incidents incidents,
        Healer healer,
        Verifier verifier,
        Stages stages,
        ParkedReport parked) {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedWork.class);

    /** Claims a failure's incident; empty where we have no right to write incidents. @param workload asked only where it matters */
    Optional<Claim> claim(Failure failure, Pod live, Optional<ObjectRef> controller, Supplier<String> workload) {
        try {
            return Optional.of(incidents.claim(failure, live, controller, workload));
        } catch (ClusterException e) {
            if (e.kind() != ClusterException.Kind.FORBIDDEN) {
                throw e;
            }
            LOG.info(
                    "no right to write Incidents in {}: bind the ClusterRole kubesent-healer there (knative/README.md)",
                    live.getMetadata().getNamespace());
            return Optional.empty();
        }
    }

    /** @param goOn what is done about one that turns out to be watched */
    Incident take(Claim claim, UnaryOperator<Incident> healing, UnaryOperator<Incident> goOn) {
        return switch (claim) {
            case Claim.Ours(var incident) -> {
                try {
                    yield work.run(namespaceOf(incident), () -> heal(incident, healing), incident);
                } catch (RejectedExecutionException e) {
                    letGo(incident);
                    yield left(incident, e);
                }
            }
            case Claim.Watched(var incident) -> watch(incident, goOn);
            case Claim.Parked(var incident) -> parked.tell(incident);
            case Claim.Held(var incident) -> incident;
            case Claim.Settled(var incident) -> incident;
        };
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
        if (!work.hasRoom(namespaceOf(incident))) {
            hasLeft.set(true);
            return;
        }
        try {
            var _ = isWatched(incident) ? watch(incident, goOn) : take(incidents.resume(incident), goOn, goOn);
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
        hasLeft.set(true);
        return incident;
    }

    /** Most looks find nothing to do, and write nothing. */
    Incident watch(Incident watched, UnaryOperator<Incident> goOn) {
        try {
            var found = look(watched, goOn);
            looked.put(watched.getMetadata().getUid(), true, LOOKED_AT_AFTER);
            return found;
        } catch (RejectedExecutionException e) {
            return left(watched, e);
        }
    }

    private Incident look(Incident watched, UnaryOperator<Incident> goOn) {
        return work.run(
                namespaceOf(watched),
                () -> switch (incidents.takeWatched(watched, this::isDue)) {
                    case Claim.Ours(var ours) -> heal(ours, goOn);
                    case Claim.Parked(var other) -> parked.tell(other);
                    case Claim.Held(var other) -> other;
                    case Claim.Watched(var other) -> other;
                    case Claim.Settled(var other) -> other;
                },
                watched);
    }

    /** What cannot be looked at for a defect of ours is left as it is, and does not keep the others. */
    boolean isDue(Incident watched) {
        try {
            return verifier.isDue(watched);
        } catch (ClusterException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "a defect of KubeSent, at incident {}",
                    watched.getMetadata().getName(),
                    e);
            return false;
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
            var _ = incidents.release(claimed);
        } catch (ClusterException | LeaseLostException e) {
            LOG.info(
                    "the lease of {} is left to run out: {}",
                    claimed.getMetadata().getName(),
                    e.getMessage());
        }
    }
}
