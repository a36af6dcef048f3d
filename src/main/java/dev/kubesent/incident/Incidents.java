package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.ApprovalRecord;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentSpec;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Lease;
import dev.kubesent.api.v1alpha1.Seen;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.api.v1alpha1.WaitsFor;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.LostRun;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Claims incidents and writes them down. */
public final class Incidents {

    /** A failure that goes on is judged again after this: a label, a quota, a node or a rollout may have changed. */
    public static final Duration JUDGED_AGAIN_AFTER = Duration.ofMinutes(5);

    /** A CronJob whose runs fail each minute is told of once in that time. */
    private static final Duration TOLD_AGAIN_AFTER = Duration.ofHours(1);

    private final ClusterReader reader;
    private final OpenIncidents list;
    private final IncidentWriter writer;
    private final Settling settling;
    private final Leases leases;
    private final Clock clock;

    /**
     * @param moved is told each time an incident gets to another phase
     * @param holder this process; for people to read. Each claim adds what no other has: two threads are two holders, and so are two
     *     processes that Lambda started from one snapshot, with one name
     */
    public Incidents(ClusterReader reader, RecordWriter writer, Consumer<Incident> moved, Clock clock, String holder) {
        this.reader = reader;
        this.list = new OpenIncidents(reader);
        this.writer = new IncidentWriter(reader, writer, moved, clock);
        this.settling = new Settling(clock);
        this.clock = clock;
        this.leases = new Leases(reader, this.writer, clock, holder);
    }

    /**
     * Finds the failure's incident, opening it if it is new. One read of what is known of the workload says whether there is one, and whether
     * anything is being done to it; one that nobody has diagnosed yet is not among those, and is found as it is created.
     *
     * @param controller of the pod, where it is proven
     * @param ofWorkload empty where it cannot be told what the pod belongs to: then nothing is changed either
     */
    public Claim claim(
            Failure failure, Pod pod, Optional<ObjectRef> controller, Optional<WorkloadIncidents> ofWorkload) {
        var spec = IncidentNames.spec(failure, pod, controller);
        var namespace = pod.getMetadata().getNamespace();
        var name = IncidentNames.name(spec);
        var known = ofWorkload.isPresent() ? ofWorkload.get().named(name) : reader.get(Incident.class, namespace, name);
        var workload = ofWorkload.map(WorkloadIncidents::workload);
        if (known.isPresent() && (settling.isHeld(known.get().progress()) || settling.isSettled(known.get()))) {
            return due(known.get(), failure, workload);
        }
        return ofWorkload
                .or(() -> known.map(own -> new WorkloadIncidents(own.progress().workload(), List.of(own))))
                .flatMap(all -> all.isWhole() ? all.atWork(name) : list.atWork(namespace, name, all.workload()))
                .<Claim>map(
                        other -> settling.isHeld(other.progress()) ? new Claim.Held(other) : new Claim.Watched(other))
                .orElseGet(() -> due(
                        known.orElseGet(() -> writer.open(
                                spec,
                                namespace,
                                name,
                                Map.of(Incident.POD, pod.getMetadata().getName()))),
                        failure,
                        workload));
    }

    /**
     * Finds the incident of a run that left no pod, opening it if it is new.
     *
     * @param owner the CronJob, where there is one: its runs come and go
     * @return empty where it is told already, by this incident or by that of a pod that is gone
     */
    public Optional<Claim> claim(LostRun run, ObjectRef owner) {
        var spec = IncidentNames.spec(run, owner);
        var name = IncidentNames.name(spec);
        var known = reader.get(Incident.class, owner.namespace(), name);
        return known.filter(incident -> settling.isHeld(incident.progress()) || isTold(incident.progress(), run))
                                .isPresent()
                        || run.mayHaveHadAPod() && list.hasPodOf(run.of(), run.at())
                ? Optional.empty()
                : Optional.of(new Claim.Due(
                        known.orElseGet(() -> writer.open(spec, owner.namespace(), name, Map.of())),
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
                || status.phase().isNo()
                        && verdict != null
                        && (!verdict.at().isBefore(run.at())
                                || verdict.at().plus(TOLD_AGAIN_AFTER).isAfter(now()));
    }

    /** When it is judged again; empty where it is not given time. */
    public static Optional<Instant> givenUntil(Incident incident) {
        var status = incident.progress();
        return Optional.ofNullable(status.verdict())
                .filter(_ -> status.waitsFor() == WaitsFor.TIME)
                .map(VerdictRecord::again);
    }

    /** @see OpenIncidents#unfinished */
    public void unfinished(String namespace, Consumer<Incident> each, Consumer<Instant> givenUntil) {
        list.unfinished(namespace, now(), each, givenUntil);
    }

    /** Those of them whose change is under way: all that a pod that is gone can have to do with. */
    public void acting(String namespace, Consumer<Incident> each) {
        list.acting(namespace, each);
    }

    /** Whether a person has let it go ahead, and nobody has looked at that yet. */
    public static boolean isApprovedAnew(Incident incident) {
        return Approvals.anew(incident).isPresent();
    }

    /** Whether nobody comes to an end with it, and it is not tried again before a person says so. */
    public static boolean isParked(Incident incident) {
        return Parking.isParked(incident.progress());
    }

    /** Why a person wants no change for it, where one has said so. */
    public static Optional<String> rejection(Incident incident) {
        return Optional.ofNullable(incident.getSpec()).map(IncidentSpec::rejected);
    }

    /** Whether a person has said yes or no, and nobody has looked at that yet. */
    public static boolean isDecidedAnew(Incident incident) {
        return isApprovedAnew(incident) || isRejectedAnew(incident);
    }

    /** What is proposed is refused as it is judged again. */
    static boolean isRejectedAnew(Incident incident) {
        return incident.progress().phase().isRight() && rejection(incident).isPresent();
    }

    /** A person's word for what was proposed, where there is one that was not used yet. */
    public static Optional<ApprovalRecord> approval(Incident incident) {
        return Approvals.standing(incident);
    }

    /** Whether what was approved still is, by as many as said it. */
    public static boolean isStillApproved(Incident incident) {
        return approval(incident)
                .filter(said -> said.people().size() < 2 || incident.getSpec().approvedAgain())
                .isPresent();
    }

    /** Whether an unfinished incident may be gone on with, whatever has become of its pod. */
    public Claim resume(Incident interrupted) {
        if (settling.isHeld(interrupted.progress())) {
            return new Claim.Held(interrupted);
        }
        if (settling.isSettled(interrupted)) {
            return new Claim.Settled(interrupted);
        }
        return new Claim.Due(
                interrupted, status -> interrupted.seen(status, now()), Optional.of("resumed after an interruption"));
    }

    /** Takes one that is free, as the work on it begins. Not ours where somebody was faster. */
    public Claim begin(Claim.Due due) {
        return leases.begin(due);
    }

    /** Whether somebody is at it. */
    public boolean isHeld(Incident incident) {
        return settling.isHeld(incident.progress());
    }

    /** Takes one that is being watched, where there is something to do about it. Not ours where somebody was faster. */
    public Claim takeWatched(Incident watched) {
        return leases.take(watched, status -> status.seenAgain(now()), Optional.empty());
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
     * Writes the entries as one, and renews the lease.
     *
     * @throws LeaseLostException where another process has taken the incident over: stop, it is theirs
     */
    public Incident record(Incident incident, Entry... entries) {
        var lease = new Lease(IncidentWriter.holderOf(incident), now().plus(Lease.TERM));
        return writer.writeAll(incident, status -> steps(status.withLease(lease), entries));
    }

    /** Writes the last entries and lets go in one write, so that no death in between leaves a finished incident held. */
    public Incident conclude(Incident incident, Entry... entries) {
        return writer.writeAll(incident, status -> {
            var steps = steps(status, entries);
            steps.add(steps.removeLast().letGo());
            return steps;
        });
    }

    /** What stands in the incident after each of them. */
    private List<IncidentStatus> steps(IncidentStatus before, Entry... entries) {
        var steps = new ArrayList<IncidentStatus>();
        var status = before;
        for (var entry : entries) {
            status = entry.step().apply(status).telling(now(), entry.sentence());
            steps.add(status);
        }
        return steps;
    }

    /** Lets go of an unfinished incident: anybody may resume it at once. */
    public Incident release(Incident incident) {
        return writer.write(incident, IncidentStatus::letGo);
    }

    /** @param workload written down as the work begins: from then on other workloads' judges count it as failing */
    private Claim due(Incident incident, Failure failure, Optional<String> workload) {
        var status = incident.progress();
        if (settling.isHeld(status)) {
            return new Claim.Held(incident);
        }
        var subject = failure.subject();
        if (!settling.isSettled(incident)) {
            var sentence = "saw %s in container %s of pod %s, restarts: %d"
                    .formatted(failure.kind(), subject.container(), subject.pod(), subject.restarts());
            var seen = Seen.after(status.seen(), subject.pod(), subject.restarts(), now());
            return new Claim.Due(
                    incident,
                    current -> workload.map(current.withSeen(seen)::ofWorkload).orElseGet(() -> current.withSeen(seen)),
                    Optional.of(sentence));
        }
        return settling.countedJustNow(status) ? new Claim.Settled(incident) : leases.count(incident, failure);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
