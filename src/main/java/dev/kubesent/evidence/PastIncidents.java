package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.IncidentFields;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Reads what KubeSent did before: to this workload, ever; to anything in the namespace, within the last hour. Never all incidents. */
record PastIncidents(ClusterReader cluster, Clock clock) {

    /**
     * Of one workload. A revision that fails has one for each of its failing containers, and they are kept for a week: more than these say
     * that something rolls it out over and over.
     */
    private static final int OF_ONE_WORKLOAD = 200;

    /** Changed in one namespace within two hours; more than a budget allows, unless somebody has set a very large one. */
    private static final int CHANGED = 200;

    /** @param workload as {@code Deployment/web} @param own the name of the incident at hand */
    History of(String namespace, String workload, String own) {
        var ofWorkload = cluster.first(Incident.class, namespace, IncidentFields.of(workload), OF_ONE_WORKLOAD + 1);
        if (ofWorkload.size() > OF_ONE_WORKLOAD) {
            throw new ClusterException(
                    Kind.REJECTED,
                    "%s has more than %d incidents: what was done to it before is not read; delete those that are done with"
                            .formatted(workload, OF_ONE_WORKLOAD));
        }
        var all = new LinkedHashMap<String, Incident>();
        Stream.concat(ofWorkload.stream(), changed(namespace))
                .forEach(incident -> all.put(incident.getMetadata().getName(), incident));
        if (!all.containsKey(own)) {
            cluster.get(Incident.class, namespace, own).ifPresent(incident -> all.put(own, incident));
        }
        return History.of(List.copyOf(all.values()), workload, own);
    }

    private Stream<Incident> changed(String namespace) {
        var now = clock.instant();
        return IncidentFields.changedSince(now.minus(Duration.ofHours(1)), now).stream()
                .flatMap(span -> cluster.first(Incident.class, namespace, span, CHANGED).stream());
    }
}
