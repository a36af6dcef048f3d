package dev.kubesent.incident;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks for incidents by where they stand. (Not IncidentList: fabric8 takes a class of that name for the type of a list.) */
final class OpenIncidents {

    /** Between the last look at a pod of a Job and the end of that Job: a day is long. */
    private static final Duration LONGEST_RUN = Duration.ofDays(1);

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
        var atWork = reader.list(Incident.class, namespace).stream()
                .filter(incident -> incident.progress().phase().atWork())
                .toList();
        if (atWork.isEmpty()) {
            return Optional.empty();
        }
        var pods = workload.get();
        return atWork.stream()
                .filter(incident -> incident.progress().workload().equals(pods))
                .filter(incident -> !incident.getMetadata().getName().equals(own)
                        || incident.progress().phase() != Phase.Acting)
                .findFirst();
    }

    /**
     * The incidents with work left in them, whether somebody is at it or not.
     *
     * @param namespace empty for all
     */
    List<Incident> unfinished(String namespace, Instant now) {
        return reader.list(Incident.class, namespace).stream()
                .filter(incident -> isUnfinished(incident.progress())
                        || isUnreadable(incident.progress())
                        || Approvals.anew(incident).isPresent()
                        || asksAgain(incident.progress(), now))
                .toList();
    }

    /** Whether one tells of a pod of this Job, and not of an earlier Job of that name. @param failed when it did */
    boolean hasPodOf(ObjectRef job, Instant failed) {
        return reader.list(Incident.class, job.namespace()).stream()
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
        return reader.list(Incident.class, "").stream()
                .map(Incident::progress)
                .anyMatch(status -> switch (status.phase()) {
                    case Refused, Proposed ->
                        status.verdict() != null && status.verdict().again() != null;
                    case Opened, Diagnosed, Acting, Verifying, Healed, Undoing, Failed, Superseded, Closed -> false;
                });
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

    /** Ended because its record could not be read, past the point of no return: another version may know how. */
    private static boolean isUnreadable(IncidentStatus status) {
        var intent = status.intent();
        return status.phase() == Phase.Failed
                && intent != null
                && intent.record() != null
                && !intent.step().isEmpty();
    }
}
