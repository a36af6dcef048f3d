package dev.kubesent.incident;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.failure.Failure;
import dev.kubesent.incident.IncidentStatus.Lease;
import dev.kubesent.incident.IncidentStatus.Seen;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Claims incidents and writes them down. */
public final class Incidents {

    /**
     * How long a silent holder keeps an incident. Every step renews it; the longest wait between two steps, for a pod to
     * be gone, is bounded below that (remedy.ReplacePod).
     */
    public static final Duration LEASE = Duration.ofMinutes(2);

    /** A failure that goes on is judged again after this: a label, a quota, a node or a rollout may have changed. */
    public static final Duration JUDGED_AGAIN_AFTER = Duration.ofMinutes(5);

    private static final Duration COUNTED_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final int TRIES = 3;
    private static final String NOT_INSTALLED =
            "cannot write Incidents; is the CRD installed (kubectl apply -f knative/100-incident-crd.yaml)? ";

    private final ClusterReader reader;
    private final RecordWriter writer;
    private final Clock clock;
    private final String holder;
    private final AtomicLong claims = new AtomicLong();

    /** @param holder this process; no other may use the same. Each claim adds a number: two threads are two holders */
    public Incidents(ClusterReader reader, RecordWriter writer, Clock clock, String holder) {
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
        this.holder = holder;
    }

    /** Takes the failure's incident, opening it if it is new. */
    public Claim claim(Failure failure, Pod pod) {
        var spec = IncidentNames.spec(failure, pod);
        var namespace = pod.getMetadata().getNamespace();
        var name = IncidentNames.name(spec);
        var incident = reader.get(Incident.class, namespace, name).orElseGet(() -> open(spec, namespace, name));
        return take(incident, failure);
    }

    /**
     * The incidents with work left in them, whether somebody is at it or not.
     *
     * @param namespace empty for all
     */
    public List<Incident> unfinished(String namespace) {
        return reader.list(Incident.class, namespace).stream()
                .filter(incident -> isUnfinished(incident.progress()) || isUnreadable(incident.progress()))
                .toList();
    }

    /** One that was created and never taken tells of no pod yet: the pod's next event takes it. */
    private static boolean isUnfinished(IncidentStatus status) {
        return status.phase().unfinished() && status.seen() != null;
    }

    /** Ended because its record could not be read, past the point of no return: another version may know how. */
    private static boolean isUnreadable(IncidentStatus status) {
        var intent = status.intent();
        return status.phase() == Phase.Failed
                && intent != null
                && intent.record() != null
                && !intent.step().isEmpty();
    }

    /** Takes an unfinished incident, whatever has become of its pod. Not ours where somebody is at it, or was faster. */
    public Claim resume(Incident interrupted) {
        if (isHeld(interrupted.progress())) {
            return new Claim.Held(interrupted);
        }
        if (isSettled(interrupted.progress())) {
            return new Claim.Settled(interrupted);
        }
        return take(interrupted, status -> status, "taken over where it was left");
    }

    /** What the failure's incident is called. */
    public static String nameOf(Failure failure, Pod pod) {
        return IncidentNames.name(IncidentNames.spec(failure, pod));
    }

    /**
     * Writes the next step, renews the lease, and adds to the story.
     *
     * @throws LeaseLostException where another process has taken the incident over: stop, it is theirs
     */
    public Incident record(Incident incident, UnaryOperator<IncidentStatus> step, String sentence) {
        return write(
                incident,
                status -> step.apply(status)
                        .withLease(new Lease(holderOf(incident), now().plus(LEASE)))
                        .telling(now(), sentence));
    }

    /** Writes the last step and lets go in one write, so that no death in between leaves a finished incident held. */
    public Incident conclude(Incident incident, UnaryOperator<IncidentStatus> step, String sentence) {
        return write(incident, status -> step.apply(status).withLease(null).telling(now(), sentence));
    }

    /** Lets go of an unfinished incident: anybody may resume it at once. */
    public Incident release(Incident incident) {
        return write(incident, status -> status.withLease(null));
    }

    private Incident open(IncidentSpec spec, String namespace, String name) {
        var incident = new Incident();
        incident.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("app.kubernetes.io/managed-by", "kubesent")
                .build());
        incident.setSpec(spec);
        try {
            return writer.create(incident);
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.NOT_FOUND) {
                throw new ClusterException(ClusterException.Kind.BROKEN, NOT_INSTALLED + e.getMessage(), e);
            }
            if (e.kind() != ClusterException.Kind.ALREADY_EXISTS) {
                throw e;
            }
            return reader.get(Incident.class, namespace, name).orElseThrow(() -> e);
        }
    }

    private Claim take(Incident incident, Failure failure) {
        var status = incident.progress();
        if (isHeld(status)) {
            return new Claim.Held(incident);
        }
        var subject = failure.subject();
        if (!isSettled(status)) {
            var sentence = "saw %s in container %s of pod %s, restarts: %d"
                    .formatted(failure.kind(), subject.container(), subject.pod(), subject.restarts());
            return take(incident, current -> current.withSeen(seen(current, failure)), sentence);
        }
        return countedJustNow(status) ? new Claim.Settled(incident) : count(incident, failure);
    }

    private Claim take(Incident incident, UnaryOperator<IncidentStatus> seen, String sentence) {
        var lease = new Lease(holder + "/" + claims.incrementAndGet(), now().plus(LEASE));
        var taken = seen.apply(incident.progress()).withLease(lease).telling(now(), sentence);
        return unlessLost(incident, () -> new Claim.Ours(writer.replaceStatus(incident.with(taken))));
    }

    private Claim count(Incident incident, Failure failure) {
        var counted = incident.progress().withSeen(seen(incident.progress(), failure));
        return unlessLost(incident, () -> new Claim.Settled(writer.replaceStatus(incident.with(counted))));
    }

    private static Claim unlessLost(Incident incident, Supplier<Claim> write) {
        try {
            return write.get();
        } catch (ClusterException e) {
            if (e.kind() != ClusterException.Kind.CONFLICT) {
                throw e;
            }
            return new Claim.Held(incident);
        }
    }

    private boolean isHeld(IncidentStatus status) {
        var lease = status.lease();
        return lease != null && lease.holdsAt(now());
    }

    private boolean isSettled(IncidentStatus status) {
        return switch (status.phase()) {
            case Opened, Diagnosed, Acting -> false;
            case Applied, Failed, Superseded ->
                status.outcome() != null && isFresh(status.outcome().at());
            case Refused, Proposed ->
                status.verdict() != null && isFresh(status.verdict().at());
        };
    }

    private boolean isFresh(Instant decided) {
        return decided.plus(JUDGED_AGAIN_AFTER).isAfter(now());
    }

    private boolean countedJustNow(IncidentStatus status) {
        return status.seen() != null
                && status.seen().last().plus(COUNTED_AGAIN_AFTER).isAfter(now());
    }

    private Seen seen(IncidentStatus status, Failure failure) {
        var before = status.seen();
        var subject = failure.subject();
        return new Seen(
                before == null ? now() : before.first(),
                now(),
                before == null ? 1 : before.times() + 1,
                subject.pod(),
                subject.restarts());
    }

    private Incident write(Incident incident, UnaryOperator<IncidentStatus> step) {
        var current = incident;
        for (int tries = 1; ; tries++) {
            try {
                return writer.replaceStatus(current.with(step.apply(current.progress())));
            } catch (ClusterException e) {
                if (e.kind() != ClusterException.Kind.CONFLICT || tries == TRIES) {
                    throw e;
                }
                // A person may have labelled or annotated it: only the lease says whether it is still ours.
                current = stillOurs(incident);
            }
        }
    }

    private static String holderOf(Incident incident) {
        var lease = incident.progress().lease();
        if (lease == null) {
            throw new LeaseLostException(incident.getMetadata().getName());
        }
        return lease.holder();
    }

    private Incident stillOurs(Incident incident) {
        var meta = incident.getMetadata();
        return reader.get(Incident.class, meta.getNamespace(), meta.getName())
                .filter(live -> live.progress().lease() != null
                        && live.progress().lease().holder().equals(holderOf(incident)))
                .orElseThrow(() -> new LeaseLostException(meta.getName()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
