package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterReader;
import java.util.List;
import java.util.Optional;

/**
 * The incidents of one workload, as one read has them: whether anything is being done to it, and what was done before.
 *
 * @param workload as {@code Deployment/web}
 * @param incidents at most {@link #MOST} and one more
 */
public record WorkloadIncidents(String workload, List<Incident> incidents) {

    /**
     * A revision that fails has one for each of its failing containers, and they are kept for a week: more than these say that something rolls it
     * out over and over.
     */
    public static final int MOST = 200;

    public WorkloadIncidents {
        incidents = List.copyOf(incidents);
    }

    /** @throws dev.kubesent.cluster.ClusterException where the cluster gives no answer */
    public static WorkloadIncidents read(ClusterReader reader, String namespace, String workload) {
        return new WorkloadIncidents(
                workload, reader.first(Incident.class, namespace, IncidentFields.of(workload), MOST + 1));
    }

    /** Whether these are all. */
    public boolean isWhole() {
        return incidents.size() <= MOST;
    }

    Optional<Incident> named(String name) {
        return incidents.stream()
                .filter(incident -> incident.getMetadata().getName().equals(name))
                .findFirst();
    }

    /**
     * The incident whose change to the workload is under way or being watched.
     *
     * @param own the failure's own, which is simply taken where its change is under way
     */
    Optional<Incident> atWork(String own) {
        return incidents.stream()
                .filter(incident -> incident.progress().phase().atWork())
                .filter(incident -> incident.progress().workload().equals(workload))
                .filter(incident -> !incident.getMetadata().getName().equals(own)
                        || incident.progress().phase() != Phase.Acting)
                .findFirst();
    }
}
