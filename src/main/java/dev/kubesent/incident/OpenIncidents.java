package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentSpec;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.SelectableFields;
import dev.kubesent.api.v1alpha1.WaitsFor;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

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

    /** Of one workload, of which there are more than are read at once. */
    Optional<Incident> atWork(String namespace, String own, String workload) {
        var fields = IncidentFields.atWork().and(SelectableFields.WORKLOAD, workload);
        return new WorkloadIncidents(workload, reader.first(Incident.class, namespace, fields, OF_ONE_WORKLOAD))
                .atWork(own);
    }

    /**
     * Gives the incidents with work left in them, whether somebody is at it or not, one after the other. Those whose change is under way come first:
     * a pod may be deleted, and not created again yet.
     *
     * @param namespace empty for all
     * @param givenUntil is told when each is judged again that is given time, also where that is over
     */
    void unfinished(String namespace, Instant now, Consumer<Incident> each, Consumer<Instant> givenUntil) {
        var first = reader.page(Incident.class, namespace, IncidentFields.unfinished(), PAGE, "");
        if (!first.next().isEmpty()) {
            acting(namespace, each);
        }
        first.items().stream()
                .filter(OpenIncidents::isUnfinished)
                .sorted(Comparator.comparing(incident -> incident.progress().phase() != Phase.Acting))
                .forEach(each);
        pages(first.next(), namespace, IncidentFields.unfinished(), OpenIncidents::isUnfinished, each);
        pages(namespace, IncidentFields.waiting(), _ -> true, incident -> {
            Incidents.givenUntil(incident).ifPresent(givenUntil);
            if (incident.progress().waitsFor() == WaitsFor.VERSION || asksAgain(incident.progress(), now)) {
                each.accept(incident);
            }
        });
        pages(
                namespace,
                IncidentFields.approved(),
                incident -> Approvals.anew(incident).isPresent()
                        && !isUnfinished(incident)
                        && !asksAgain(incident.progress(), now),
                each);
    }

    /** Those whose change is under way. */
    void acting(String namespace, Consumer<Incident> each) {
        pages(
                namespace,
                IncidentFields.acting(),
                incident -> incident.progress().phase() == Phase.Acting && isUnfinished(incident),
                each);
    }

    private void pages(String namespace, FieldSelector fields, Predicate<Incident> wanted, Consumer<Incident> each) {
        var first = reader.page(Incident.class, namespace, fields, PAGE, "");
        first.items().stream().filter(wanted).forEach(each);
        pages(first.next(), namespace, fields, wanted, each);
    }

    /** @param after where the first of these pages begins; empty where there is none */
    private void pages(
            String after, String namespace, FieldSelector fields, Predicate<Incident> wanted, Consumer<Incident> each) {
        for (var next = after; !next.isEmpty(); ) {
            var page = reader.page(Incident.class, namespace, fields, PAGE, next);
            page.items().stream().filter(wanted).forEach(each);
            next = page.next();
        }
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

    /** A model was to be asked later, or something was to be given time, and that is now. */
    static boolean asksAgain(IncidentStatus status, Instant now) {
        return status.phase().isUndecided()
                && ((status.opinion() != null && status.opinion().isDue(now))
                        || (status.verdict() != null && status.verdict().isDue(now)));
    }

    /** One of an older version that was created and never taken tells of no pod: the pod's next event takes it. */
    private static boolean isUnfinished(Incident incident) {
        var status = incident.progress();
        return status.phase().unfinished()
                && (status.seen() != null || incident.pod().isPresent());
    }
}
