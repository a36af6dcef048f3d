package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.time.Recent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where several workloads of a namespace fail at once, its incidents are read at once, and each workload is answered from that the first time that it
 * is asked for: after that something may have been done about it. What is not there any more is found out as it is written to; a change is never
 * judged by this. Safe for several threads.
 */
public final class NamespaceIncidents {

    /** As long as the controllers that diagnoses share (evidence.SharedOwners). */
    private static final Duration REMEMBERED = Duration.ofSeconds(15);

    /** So long a namespace with more than are kept is not asked for all of them again. */
    private static final Duration TOO_MANY = Duration.ofMinutes(1);

    /** Incidents that are kept of a namespace: each takes up to some 50 KB of heap. Where there are more, each workload's are asked for. */
    private static final int MOST = 100;

    private static final int NAMESPACES = 1_000;

    /** Of which incidents are kept: a sweep goes through one after the other. */
    private static final int KEPT = 2;

    private final ClusterReader reader;
    private final Predicate<String> expectsSeveral;
    private final Recent<String, Boolean> tooMany;
    private final Recent<String, Once> known;

    /** @param expectsSeveral whether several workloads of a namespace are about to be asked for */
    public NamespaceIncidents(ClusterReader reader, Predicate<String> expectsSeveral, Clock clock) {
        this.reader = reader;
        this.expectsSeveral = expectsSeveral;
        this.tooMany = new Recent<>(NAMESPACES, clock);
        this.known = new Recent<>(KEPT, clock);
    }

    /** @param answered workloads that were asked for already */
    private record Once(Map<String, List<Incident>> byWorkload, Set<String> answered) {

        static Once of(List<Incident> all) {
            return new Once(
                    all.stream()
                            .collect(Collectors.groupingBy(
                                    incident -> incident.progress().workload())),
                    ConcurrentHashMap.newKeySet());
        }

        Optional<WorkloadIncidents> of(String workload) {
            return answered.add(workload)
                    ? Optional.of(new WorkloadIncidents(workload, byWorkload.getOrDefault(workload, List.of())))
                    : Optional.empty();
        }
    }

    /** Of one workload. @param workload as {@code Deployment/web} @throws ClusterException where the cluster gives no answer */
    public WorkloadIncidents of(String namespace, String workload) {
        return once(namespace)
                .flatMap(all -> all.of(workload))
                .orElseGet(() -> WorkloadIncidents.read(reader, namespace, workload));
    }

    private Optional<Once> once(String namespace) {
        if (!expectsSeveral.test(namespace) || tooMany.get(namespace).isPresent()) {
            return Optional.empty();
        }
        var last = known.get(namespace);
        return last.isPresent() ? last : read(namespace);
    }

    /** Where one cannot be read, its workload alone is refused for that. */
    private Optional<Once> read(String namespace) {
        var page = reader.page(Incident.class, namespace, FieldSelector.ALL, MOST, "");
        if (!page.isLast() || page.unreadable() > 0) {
            tooMany.put(namespace, true, TOO_MANY);
            return Optional.empty();
        }
        var all = Once.of(page.items());
        known.put(namespace, all, REMEMBERED);
        return Optional.of(all);
    }
}
