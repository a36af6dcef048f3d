package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Lease;
import dev.kubesent.api.v1alpha1.Seen;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.failure.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes incidents that are free. A write that meets another's is no fault: he was faster.
 *
 * @param holder the name of this process; each claim adds what no other has
 */
record Leases(ClusterReader reader, IncidentWriter writer, Clock clock, String holder) {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Once more where only a label, or a person's word, has come in between: that is no reason to leave it. */
    Claim begin(Claim.Due due) {
        return switch (take(due.incident(), due.seen(), due.sentence())) {
            case Claim.Held held ->
                touched(due.incident())
                        .map(now -> take(now, due.seen(), due.sentence()))
                        .orElse(held);
            case Claim.Ours ours -> ours;
            case Claim.Due other -> other;
            case Claim.Watched other -> other;
            case Claim.Settled other -> other;
            case Claim.Parked parked -> parked;
        };
    }

    /** As it is now, where it was only labelled or approved since: nobody has written to its status. */
    private Optional<Incident> touched(Incident before) {
        var meta = before.getMetadata();
        return reader.get(Incident.class, meta.getNamespace(), meta.getName())
                .filter(now -> now.getMetadata().getUid().equals(meta.getUid()))
                .filter(now -> now.progress().equals(before.progress()));
    }

    Claim take(Incident incident, UnaryOperator<IncidentStatus> seen, Optional<String> sentence) {
        var lease = new Lease(holder + "/" + UUID.randomUUID(), now().plus(Lease.TERM));
        var counted = Parking.counted(seen.apply(incident.progress()));
        var approval = Approvals.anew(incident);
        if (approval.isEmpty() && Parking.isDue(counted)) {
            var parked = Parking.parked(counted, incident.getMetadata().getName(), now());
            return unlessLost(incident, () -> new Claim.Parked(writer.replaceStatus(incident, parked)));
        }
        var taken = Parking.atWork(counted, now())
                .withLease(lease)
                .observed(Objects.requireNonNullElse(incident.getMetadata().getGeneration(), 0L));
        if (approval.isPresent()) {
            taken = taken.approved(approval.get())
                    .telling(
                            now(),
                            "approved %s at %s"
                                    .formatted(
                                            approval.get().told(),
                                            approval.get().at()));
        }
        var before = incident.progress().lease();
        if (before != null && before.isOfTheFuture(now())) {
            LOG.warn("{}: {}", incident.getMetadata().getName(), before.told(now()));
            taken = taken.telling(now(), before.told(now()));
        }
        var told = sentence.isPresent() ? taken.telling(now(), sentence.get()) : taken;
        return unlessLost(incident, () -> new Claim.Ours(writer.replaceStatus(incident, told)));
    }

    /** Seen again, and nothing else. */
    Claim count(Incident incident, Failure failure) {
        var counted = incident.progress()
                .withSeen(Seen.after(
                        incident.progress().seen(),
                        failure.subject().pod(),
                        failure.subject().restarts(),
                        now()));
        return unlessLost(incident, () -> new Claim.Settled(writer.replaceStatus(incident, counted)));
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

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
