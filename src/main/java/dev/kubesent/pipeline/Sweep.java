package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.event.PodEvents;
import dev.kubesent.event.Sighting;
import dev.kubesent.incident.Housekeeping;
import dev.kubesent.incident.Incident;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything once: an ApiServerSource sends no pod that exists already, and what it loses stays lost
 * (research/knative.md). Feeds the same pipeline as events do.
 */
public final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Pipeline pipeline;
    private final ClusterReader reader;
    private final Housekeeping housekeeping;

    public Sweep(Pipeline pipeline, Ports ports, Clock clock) {
        this.pipeline = pipeline;
        this.reader = ports.reader();
        this.housekeeping = pipeline.housekeeping();
    }

    /**
     * What came of it.
     *
     * @param unfinished incidents with work left in them, before the pods were looked at
     * @param pods looked at
     * @param failing of these
     * @param lost runs that failed, or never began, without a pod that shows it; told of now
     * @param closed incidents of what is gone
     * @param deleted incidents past their retention
     */
    public record Swept(int unfinished, int pods, int failing, int lost, int closed, int deleted) {}

    /** @throws ClusterException where the cluster gives no answer; the next sweep begins anew */
    public Swept run() {
        var unfinished = pipeline.resume("").size();
        int pods = 0;
        int failing = 0;
        int lost = 0;
        for (var namespace : inScope()) {
            for (var next = ""; ; ) {
                var page = reader.podPage(namespace, next);
                pods += page.pods().size();
                failing += (int) page.pods().stream().filter(this::isFailing).count();
                next = page.next();
                if (next.isEmpty()) {
                    break;
                }
            }
            lost += lostRuns(namespace);
        }
        var tidied = housekeeping.tidy(this::isGone);
        return new Swept(unfinished, pods, failing, lost, tidied.closed(), tidied.deleted());
    }

    private List<String> inScope() {
        return reader.list(Namespace.class, "").stream()
                .filter(OptedIn::says)
                .map(namespace -> namespace.getMetadata().getName())
                .toList();
    }

    private int lostRuns(String namespace) {
        try {
            return pipeline.tellLostRuns(namespace);
        } catch (ClusterException | RejectedExecutionException e) {
            LOG.info("the Jobs of {} are left for the next sweep: {}", namespace, e.getMessage());
            return 0;
        }
    }

    private boolean isFailing(byte[] pod) {
        return switch (PodEvents.sight(pod, "sweep")) {
            case Sighting.Suspicious(var seen) -> {
                try {
                    yield pipeline.handle(seen) instanceof Handled.Opened;
                } catch (ClusterException | RejectedExecutionException | UnusablePodException e) {
                    LOG.info("{}/{} is left for the next sweep: {}", seen.namespace(), seen.name(), e.getMessage());
                    yield true;
                }
            }
            case Sighting.Unremarkable _, Sighting.Unusable _, Sighting.Approved _ -> false;
        };
    }

    /** Of a kind that is not known, nothing is known either. */
    private boolean isGone(Incident incident) {
        var spec = incident.getSpec();
        return WorkloadKind.ofName(spec.ownerKind())
                .map(kind -> new ObjectRef(
                        kind.apiVersion(), kind.kind(), incident.getMetadata().getNamespace(), spec.ownerName(), ""))
                .filter(owner -> reader.get(owner).isEmpty())
                .isPresent();
    }
}
