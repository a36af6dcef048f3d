package dev.kubesent.incident;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.LostRun;
import dev.kubesent.incident.IncidentStatus.OutcomeRecord;
import dev.kubesent.incident.IncidentStatus.VerdictRecord;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
    private static final Duration TOLD_AGAIN_AFTER = Duration.ofHours(1);

    private final ClusterReader reader;
    private final OpenIncidents list;
    private final IncidentWriter writer;
    private final Clock clock;
    private final String holder;

    /**
     * @param moved is told each time an incident gets to another phase
     * @param holder this process; for people to read. Each claim adds what no other has: two threads are two holders, and so are two
     *     processes that Lambda started from one snapshot, with one name
     */
    public Incidents(ClusterReader reader, RecordWriter writer, Consumer<Incident> moved, Clock clock, String holder) {
        this.reader = reader;
        this.list = new OpenIncidents(reader);
        this.writer = new IncidentWriter(reader, writer, moved);
        this.clock = clock;
        this.holder = holder;
    }

    /**
     * Takes the failure's incident, opening it if it is new.
     *
     * @param controller of the pod, where it is proven
     * @param workload what the pod belongs to, as {@code Deployment/web}; asked only where it matters
     */
    public Claim claim(Failure failure, Pod pod, Optional<ObjectRef> controller, Supplier<String> workload) {
        var spec = IncidentNames.spec(failure, pod, controller);
        var namespace = pod.getMetadata().getNamespace();
        var name = IncidentNames.name(spec);
        var known = reader.get(Incident.class, namespace, name);
        if (known.isPresent() && (isHeld(known.get().progress()) || isSettled(known.get()))) {
            return take(known.get(), failure);
        }
        return list.atWork(namespace, name, workload)
                .<Claim>map(other -> isHeld(other.progress()) ? new Claim.Held(other) : new Claim.Watched(other))
                .orElseGet(() -> take(known.orElseGet(() -> writer.open(spec, namespace, name)), failure));
    }

    /**
     * Takes the incident of a run that left no pod, opening it if it is new.
     *
     * @param owner the CronJob, where there is one: its runs come and go
     * @return empty where it is told already, by this incident or by that of a pod that is gone
     */
    public Optional<Claim> claim(LostRun run, ObjectRef owner) {
        var spec = IncidentNames.spec(run, owner);
        var name = IncidentNames.name(spec);
        var known = reader.get(Incident.class, owner.namespace(), name);
        return known.filter(incident -> isHeld(incident.progress()) || isTold(incident.progress(), run))
                                .isPresent()
                        || list.hasPodOf(run.of(), run.at())
                ? Optional.empty()
                : Optional.of(take(
                        known.orElseGet(() -> writer.open(spec, owner.namespace(), name)),
                        status -> status,
                        Optional.of(
                                "saw %s of %s".formatted(run.kind(), run.of().display()))));
    }

    /** Whether its own incident has told it already. */
    public boolean isTold(LostRun run, ObjectRef owner) {
        return reader.get(Incident.class, owner.namespace(), IncidentNames.name(IncidentNames.spec(run, owner)))
                .filter(incident -> isTold(incident.progress(), run))
                .isPresent();
    }

    /** A CronJob that fails every minute is told of once an hour. */
    private boolean isTold(IncidentStatus status, LostRun run) {
        var verdict = status.verdict();
        return Parking.isParked(status)
                || status.phase() == Phase.Refused
                        && verdict != null
                        && (!verdict.at().isBefore(run.at())
                                || verdict.at().plus(TOLD_AGAIN_AFTER).isAfter(now()));
    }

    /** Whether anything is to be judged again at a time that has not come. */
    public boolean isWaiting() {
        return list.isWaiting();
    }

    /** @see OpenIncidents#unfinished */
    public void unfinished(String namespace, Consumer<Incident> each) {
        list.unfinished(namespace, now(), each);
    }

    /** Those of them whose change is under way: all that a pod that is gone can have to do with. */
    public void acting(String namespace, Consumer<Incident> each) {
        list.acting(namespace, each);
    }

    /** Whether a person has let it go ahead, and nobody has looked at that yet. */
    public static boolean isApprovedAnew(Incident incident) {
        return Approvals.anew(incident).isPresent();
    }

    /** A person's word for what was proposed, where there is one that was not used yet. */
    public static Optional<ApprovalRecord> approval(Incident incident) {
        return Approvals.standing(incident);
    }

    /** Takes an unfinished incident, whatever has become of its pod. Not ours where somebody is at it, or was faster. */
    public Claim resume(Incident interrupted) {
        if (isHeld(interrupted.progress())) {
            return new Claim.Held(interrupted);
        }
        if (isSettled(interrupted)) {
            return new Claim.Settled(interrupted);
        }
        return take(interrupted, status -> status, Optional.of("taken over where it was left"));
    }

    /** Takes one that is being watched, if there is something to do about it. */
    public Claim takeWatched(Incident watched, Predicate<Incident> isDue) {
        if (isHeld(watched.progress())) {
            return new Claim.Held(watched);
        }
        return isDue.test(watched)
                ? take(watched, status -> status.seenAgain(now()), Optional.empty())
                : new Claim.Watched(watched);
    }

    /** What the failure's incident is called. @param controller of the pod, where it is proven */
    public static String nameOf(Failure failure, Pod pod, Optional<ObjectRef> controller) {
        return IncidentNames.name(IncidentNames.spec(failure, pod, controller));
    }

    /** Which revision of its workload the pod is of, as its incident has it. @param controller of the pod, where it is proven */
    public static String revisionOf(Failure failure, Pod pod, Optional<ObjectRef> controller) {
        return IncidentNames.spec(failure, pod, controller).revision();
    }

    /**
     * Writes the next step, renews the lease, and adds to the story.
     *
     * @throws LeaseLostException where another process has taken the incident over: stop, it is theirs
     */
    public Incident record(Incident incident, UnaryOperator<IncidentStatus> step, String sentence) {
        return writer.write(
                incident,
                status -> step.apply(status)
                        .withLease(new Lease(IncidentWriter.holderOf(incident), now().plus(LEASE)))
                        .telling(now(), sentence));
    }

    /** Writes the last step and lets go in one write, so that no death in between leaves a finished incident held. */
    public Incident conclude(Incident incident, UnaryOperator<IncidentStatus> step, String sentence) {
        return writer.write(incident, status -> step.apply(status).letGo().telling(now(), sentence));
    }

    /** Lets go of an unfinished incident: anybody may resume it at once. */
    public Incident release(Incident incident) {
        return writer.write(incident, IncidentStatus::letGo);
    }

    private Claim take(Incident incident, Failure failure) {
        var status = incident.progress();
        if (isHeld(status)) {
            return new Claim.Held(incident);
        }
        var subject = failure.subject();
        if (!isSettled(incident)) {
            var sentence = "saw %s in container %s of pod %s, restarts: %d"
                    .formatted(failure.kind(), subject.container(), subject.pod(), subject.restarts());
            return take(incident, current -> current.withSeen(seen(current, failure)), Optional.of(sentence));
        }
        return countedJustNow(status) ? new Claim.Settled(incident) : count(incident, failure);
    }

    private Claim take(Incident incident, UnaryOperator<IncidentStatus> seen, Optional<String> sentence) {
        var lease = new Lease(holder + "/" + UUID.randomUUID(), now().plus(LEASE));
        var counted = Parking.counted(seen.apply(incident.progress()));
        var approval = Approvals.anew(incident);
        if (approval.isEmpty() && Parking.isDue(counted)) {
            var parked = Parking.parked(counted, incident.getMetadata().getName(), now());
            return unlessLost(incident, () -> new Claim.Parked(writer.replaceStatus(incident, parked)));
        }
        var taken = Parking.atWork(counted, now()).withLease(lease);
        if (approval.isPresent()) {
            taken = taken.approved(approval.get())
                    .telling(
                            now(),
                            "approved through %s at %s"
                                    .formatted(
                                            approval.get().by(), approval.get().at()));
        }
        var told = sentence.isPresent() ? taken.telling(now(), sentence.get()) : taken;
        return unlessLost(incident, () -> new Claim.Ours(writer.replaceStatus(incident, told)));
    }

    private Claim count(Incident incident, Failure failure) {
        var counted = incident.progress().withSeen(seen(incident.progress(), failure));
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

    private boolean isHeld(IncidentStatus status) {
        var lease = status.lease();
        return lease != null && lease.holdsAt(now());
    }

    private boolean isSettled(Incident incident) {
        var status = incident.progress();
        if (Parking.isParked(status)) {
            return Approvals.anew(incident).isEmpty();
        }
        return switch (status.phase()) {
            case Opened, Diagnosed, Acting, Verifying, Undoing, Closed -> false;
            case Refused, Proposed, Healed, Failed, Superseded ->
                Stream.of(
                                        Optional.ofNullable(status.outcome()).map(OutcomeRecord::at),
                                        Optional.ofNullable(status.verdict()).map(VerdictRecord::at))
                                .flatMap(Optional::stream)
                                .anyMatch(this::isFresh)
                        && Approvals.anew(incident).isEmpty()
                        && !OpenIncidents.asksAgain(status, now());
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
        return before == null
                ? Seen.first(now(), subject.pod(), subject.restarts())
                : before.again(now(), subject.pod(), subject.restarts());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
