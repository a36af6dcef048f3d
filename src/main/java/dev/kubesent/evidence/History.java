package dev.kubesent.evidence;

import dev.kubesent.cluster.Memory;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.IncidentStatus.ActRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What KubeSent did to this workload before, as its incidents tell. @param acts oldest first */
public record History(List<Act> acts) {

    public History {
        acts = acts.stream().sorted(Comparator.comparing(Act::at)).toList();
    }

    /** One change that was made. */
    public record Act(String container, Raise raise, Instant at) {}

    public record Raise(Memory from, Memory to) {}

    static History of(Stream<Incident> incidents, String workload) {
        return new History(incidents
                .filter(i -> i.progress().workload().equals(workload))
                .flatMap(History::acts)
                .toList());
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

    /** Whether the container's memory was raised within {@code window} before {@code at}. */
    public boolean raisedWithin(Duration window, String container, Instant at) {
        return raises(container).stream().anyMatch(a -> a.at().plus(window).isAfter(at));
    }

    private static Stream<Act> acts(Incident incident) {
        return incident.progress().acts().stream()
                .map(act -> new Act(incident.getSpec().container(), raise(act), act.at()));
    }

    private static Raise raise(ActRecord act) {
        return new Raise(Memory.parse(act.from()), Memory.parse(act.to()));
    }
}
