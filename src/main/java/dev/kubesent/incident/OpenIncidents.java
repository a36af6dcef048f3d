package dev.kubesent.incident;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks for incidents by where they stand. (Not IncidentList: fabric8 takes a class of that name for the type of a list.) */
final class OpenIncidents {

    /** Between the last look at a pod of a Job and the end of that Job: a day is long. */
    private static final Duration LONGEST_RUN = Duration.ofDays(1);

    /** Incidents in one page: each takes up to some 50 KB of heap. */
    private static final int PAGE = 50;

    /** Of one workload: one for each failing container, revision and kind of failure. */
    private static final int OF_ONE_WORKLOAD = 20;

    private final ClusterReader reader;

    OpenIncidents(ClusterReader reader) {
        this.reader = reader;
    }

    /**
     * The incident whose change to the workload is under way or being watched.
     *
     * @param own the failure's own, which is simply taken where its change is under way
     * @param workload asked only if there is any
     */
    Optional<Incident> atWork(String namespace, String own, Supplier<String> workload) {
        var any = reader.first(Incident.class, namespace, IncidentFields.atWork(), 1);
        if (any.stream().noneMatch(OpenIncidents::isAtWork)) {
            return Optional.empty();
        }
        var pods = workload.get();
        var ofWorkload = IncidentFields.atWork().and(IncidentFields.WORKLOAD, pods);
        return reader.first(Incident.class, namespace, ofWorkload, OF_ONE_WORKLOAD).stream()
                .filter(OpenIncidents::isAtWork)
                .filter(incident -> incident.progress().workload().equals(pods))
                .filter(incident -> !incident.getMetadata().getName().equals(own)
                        || incident.progress().phase() != Phase.Acting)
                .findFirst();
    }

    private static boolean isAtWork(Incident incident) {
        return incident.progress().phase().atWork();
    }

    /**
     * Gives the incidents with work left in them, whether somebody is at it or not, one after the other.
     *
     * @param namespace empty for all
     */
    void unfinished(String namespace, Instant now, Consumer<Incident> each) {
        pages(namespace, IncidentFields.unfinished(), incident -> isUnfinished(incident.progress()), each);
        pages(
                namespace,
                IncidentFields.waiting(),
                incident -> incident.progress().waitsFor() == WaitsFor.VERSION || asksAgain(incident.progress(), now),
                each);
        pages(
                namespace,
                IncidentFields.approved(),
                incident -> Approvals.anew(incident).isPresent()
                        && !isUnfinished(incident.progress())
                        && !asksAgain(incident.progress(), now),
                each);
    }

    /** Those whose change is under way. */
    void acting(String namespace, Consumer<Incident> each) {
        pages(
                namespace,
                IncidentFields.acting(),
                incident -> incident.progress().phase() == Phase.Acting && isUnfinished(incident.progress()),
                each);
    }

    private void pages(String namespace, FieldSelector fields, Predicate<Incident> wanted, Consumer<Incident> each) {
        var next = "";
        do {
            var page = reader.page(Incident.class, namespace, fields, PAGE, next);
            page.items().stream().filter(wanted).forEach(each);
            next = page.next();
        } while (!next.isEmpty());
    }

    /** Whether one tells of a pod of this Job, and not of an earlier Job of that name. @param failed when it did */
    boolean hasPodOf(ObjectRef job, Instant failed) {
        return reader.first(Incident.class, job.namespace(), IncidentFields.ofOwner(job.name()), PAGE).stream()
                .filter(incident -> isOf(job, incident.getSpec()))
                .map(Incident::progress)
                .anyMatch(status -> status.seen() == null
                        || status.seen().last().plus(LONGEST_RUN).isAfter(failed));
    }

    private static boolean isOf(ObjectRef job, IncidentSpec spec) {
        return !spec.container().isEmpty()
                && spec.ownerKind().equals(job.kind())
                && spec.ownerName().equals(job.name());
    }

    /** Whether anything is to be judged again at a time that has not come. */
    boolean isWaiting() {
        return !reader.first(Incident.class, "", IncidentFields.waitingForTime(), 1)
                .isEmpty();
    }

    /** A model was to be asked later, or something was to be given time, and that is now. */
    static boolean asksAgain(IncidentStatus status, Instant now) {
        return switch (status.phase()) {
            case Refused, Proposed ->
                status.opinion() != null && status.opinion().isDue(now)
                        || status.verdict() != null && status.verdict().isDue(now);
            case Opened, Diagnosed, Acting, Verifying, Healed, Undoing, Failed, Superseded, Closed -> false;
        };
    }

    /** One that was created and never taken tells of no pod yet: the pod's next event takes it. */
    private static boolean isUnfinished(IncidentStatus status) {
        return status.phase().unfinished() && status.seen() != null;
    }
}
