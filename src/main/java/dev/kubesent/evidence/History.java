package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.Seen;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.Memory;
import dev.kubesent.incident.WorkloadIncidents;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What KubeSent did to this workload before, as its incidents tell.
 *
 * @param acts oldest first
 * @param atWork other incidents of this workload whose change is under way or being watched
 * @param seen since when the failure at hand goes on, in whatever pod; empty where its incident does not tell
 * @param blamed revisions of this workload in which an incident found the fault
 * @param lived pod templates of this workload that an incident saw live
 */
public record History(
        List<Act> acts, List<String> atWork, Optional<Instant> seen, Set<String> blamed, List<Lived> lived) {

    /** Of a workload that was never touched. */
    public static final History NONE = new History(List.of(), List.of(), Optional.empty(), Set.of(), List.of());

    public History {
        acts = acts.stream().sorted(Comparator.comparing(Act::at)).toList();
        atWork = List.copyOf(atWork);
        blamed = Set.copyOf(blamed);
        lived = List.copyOf(lived);
    }

    /**
     * A change that was Healed: all pods with it, whole, had been running and ready for as long as a cure has to be.
     *
     * @param template as {@link ActRecord} names it
     */
    public record Lived(String template, Instant at) {}

    /** One change that was made. */
    public sealed interface Act {

        Deed deed();

        String container();

        Instant at();

        /** Of the workload, whose failure it was to cure. */
        String revision();

        Standing standing();
    }

    public record Raised(String container, Memory from, Memory to, Instant at, String revision, Standing standing)
            implements Act {
        @Override
        public Deed deed() {
            return Deed.RAISE;
        }
    }

    /** @param to the name of the revision that it went back to */
    public record RolledBack(String container, String to, Instant at, String revision, Standing standing)
            implements Act {
        @Override
        public Deed deed() {
            return Deed.ROLL_BACK;
        }
    }

    /** @param to what a field of the template was set to */
    public record Edited(String container, String to, Instant at, String revision, Standing standing) implements Act {
        @Override
        public Deed deed() {
            return Deed.EDIT;
        }
    }

    /** @param pod that was evicted */
    public record Restarted(String container, String pod, Instant at, String revision, Standing standing)
            implements Act {
        @Override
        public Deed deed() {
            return Deed.RESTART;
        }
    }

    public enum Standing {
        /** Whether it helps is not known yet. */
        WATCHED,
        MADE,
        /** It did not help, and was taken back. */
        UNDONE
    }

    /**
     * @param own the incident at hand, as it is now: its own act is no other's
     * @throws ClusterException where there are more than are read
     */
    static History of(WorkloadIncidents known, Incident own) {
        if (!known.isWhole()) {
            throw new ClusterException(
                    Kind.REJECTED,
                    "%s has more than %d incidents: what was done to it before is not read; delete those that are done with"
                            .formatted(known.workload(), WorkloadIncidents.MOST));
        }
        var name = own.getMetadata().getName();
        var others = known.incidents().stream()
                .filter(incident -> !incident.getMetadata().getName().equals(name))
                .toList();
        var ours = Stream.concat(others.stream(), Stream.of(own))
                .filter(incident -> incident.progress().workload().equals(known.workload()))
                .toList();
        return new History(
                ours.stream().flatMap(History::acts).toList(),
                others.stream()
                        .filter(incident -> incident.progress().phase().atWork())
                        .map(incident -> incident.getMetadata().getName())
                        .toList(),
                Optional.ofNullable(own.progress().seen()).map(Seen::begun),
                ours.stream()
                        .filter(History::isBlaming)
                        .map(incident -> incident.getSpec().revision())
                        .collect(Collectors.toSet()),
                ours.stream().flatMap(incident -> lived(incident).stream()).toList());
    }

    /** What was made last and stands is what lived; what was made before it did not suffice. */
    private static Optional<Lived> lived(Incident incident) {
        var status = incident.progress();
        var outcome = status.outcome();
        return status.phase() != Phase.Healed || outcome == null
                ? Optional.empty()
                : status.acts().stream()
                        .filter(act -> act.undone() == null)
                        .reduce((_, last) -> last)
                        .map(ActRecord::template)
                        .filter(template -> !template.isEmpty())
                        .map(template -> new Lived(template, outcome.at()));
    }

    /** When pods of this template last lived, as an incident of exactly this workload saw. @param uid of it */
    Optional<Instant> sawLive(String uid, JsonNode template) {
        var wanted = ActRecord.template(uid, Fingerprint.of(template));
        return lived.stream()
                .filter(one -> one.template().equals(wanted))
                .map(Lived::at)
                .max(Comparator.naturalOrder());
    }

    /** What lies outside of the workload is no fault of its revision, nor is what happened to a pod as a whole. */
    private static boolean isBlaming(Incident incident) {
        var diagnosis = incident.progress().diagnosis();
        return incident.getSpec().failure().isCounted() && (diagnosis == null || !diagnosis.liesOutside());
    }

    public Optional<Act> latest() {
        return acts.isEmpty() ? Optional.empty() : Optional.of(acts.getLast());
    }

    public List<Act> since(Instant earliest) {
        return acts.stream().filter(a -> !a.at().isBefore(earliest)).toList();
    }

    /** Raises of this container's memory that were made. */
    public List<Raised> raises(String container) {
        return acts.stream()
                .flatMap(act -> switch (act) {
                    case Raised raised when raised.container().equals(container) -> Stream.of(raised);
                    case Raised _, RolledBack _, Edited _, Restarted _ -> Stream.<Raised>of();
                })
                .toList();
    }

    /** The limit before KubeSent first touched it; empty where it never did. */
    public Optional<Memory> firstSeenLimit(String container) {
        return raises(container).stream().findFirst().map(Raised::from);
    }

    /** Whether the last raise of the container's memory is still being watched: a failure now says that it was too small. */
    public boolean isWatched(String container) {
        return raises(container).stream().anyMatch(a -> a.standing() == Standing.WATCHED);
    }

    private static Stream<Act> acts(Incident incident) {
        return incident.progress().acts().stream().map(act -> act(incident, act));
    }

    private static Act act(Incident incident, ActRecord act) {
        var container = incident.getSpec().container();
        var revision = incident.getSpec().revision();
        var standing = standing(incident, act);
        return switch (act.deed()) {
            case RAISE ->
                new Raised(container, Memory.parse(act.from()), Memory.parse(act.to()), act.at(), revision, standing);
            case ROLL_BACK -> new RolledBack(container, act.to(), act.at(), revision, standing);
            case EDIT -> new Edited(container, act.to(), act.at(), revision, standing);
            case RESTART -> new Restarted(container, act.from(), act.at(), revision, standing);
        };
    }

    private static Standing standing(Incident incident, ActRecord act) {
        if (act.undone() != null) {
            return Standing.UNDONE;
        }
        return incident.progress().phase().atWork() ? Standing.WATCHED : Standing.MADE;
    }
}
