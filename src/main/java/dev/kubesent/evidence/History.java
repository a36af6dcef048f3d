package dev.kubesent.evidence;

import dev.kubesent.cluster.Memory;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.IncidentStatus.ActRecord;
import dev.kubesent.incident.Phase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What KubeSent did to this workload before, as its incidents tell.
 *
 * @param acts oldest first
 * @param atWork other incidents of this workload whose change is under way or being watched
 * @param inNamespace when anything in the namespace was changed, this workload included
 */
public record History(List<Act> acts, List<String> atWork, List<Instant> inNamespace) {

    public History {
        acts = acts.stream().sorted(Comparator.comparing(Act::at)).toList();
        atWork = List.copyOf(atWork);
        inNamespace = List.copyOf(inNamespace);
    }

    /** One change that was made. @param revision of the workload, whose failure it was to cure */
    public record Act(String container, Raise raise, Instant at, String revision, Standing standing) {}

    public enum Standing {
        /** Whether it helps is not known yet. */
        WATCHED,
        MADE,
        /** It did not help, and was taken back. */
        UNDONE
    }

    public record Raise(Memory from, Memory to) {}

    /** @param own the name of the incident at hand: its own act is no other's */
    static History of(List<Incident> incidents, String workload, String own) {
        var ours = incidents.stream()
                .filter(i -> i.progress().workload().equals(workload))
                .toList();
        return new History(
                ours.stream().flatMap(History::acts).toList(),
                ours.stream()
                        .filter(i -> i.progress().phase().atWork())
                        .map(i -> i.getMetadata().getName())
                        .filter(name -> !name.equals(own))
                        .toList(),
                incidents.stream().flatMap(History::changes).toList());
    }

    /** Made, and about to be made. */
    private static Stream<Instant> changes(Incident incident) {
        var status = incident.progress();
        var intent = status.intent();
        var about = status.phase() == Phase.Acting && intent != null ? Stream.of(intent.at()) : Stream.<Instant>empty();
        return Stream.concat(status.acts().stream().map(ActRecord::at), about);
    }

    public Optional<Act> latest() {
        return acts.isEmpty() ? Optional.empty() : Optional.of(acts.getLast());
    }

    public List<Act> since(Instant earliest) {
        return acts.stream().filter(a -> !a.at().isBefore(earliest)).toList();
    }

    /** Raises of this container's memory that were made. */
    public List<Act> raises(String container) {
        return acts.stream().filter(a -> a.container().equals(container)).toList();
    }

    /** The limit before KubeSent first touched it; empty where it never did. */
    public Optional<Memory> firstSeenLimit(String container) {
        return raises(container).stream().findFirst().map(Act::raise).map(Raise::from);
    }

    /** Whether the last raise of the container's memory is still being watched: a failure now says that it was too small. */
    public boolean isWatched(String container) {
        return raises(container).stream().anyMatch(a -> a.standing() == Standing.WATCHED);
    }

    private static Stream<Act> acts(Incident incident) {
        return incident.progress().acts().stream()
                .map(act -> new Act(
                        incident.getSpec().container(),
                        new Raise(Memory.parse(act.from()), Memory.parse(act.to())),
                        act.at(),
                        incident.getSpec().revision(),
                        standing(incident, act)));
    }

    private static Standing standing(Incident incident, ActRecord act) {
        if (act.undone() != null) {
            return Standing.UNDONE;
        }
        return incident.progress().phase().atWork() ? Standing.WATCHED : Standing.MADE;
    }
}
