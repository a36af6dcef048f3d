package dev.kubesent.function.health;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.incident.IncidentFields;
import dev.kubesent.time.Ticks;
import dev.kubesent.watch.Feed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Ready only where the API server answers and knows Incidents: an event that comes before is held by Knative's activator, where it
 * would be lost on an error. Not a part of liveness: a new process does not mend an API server.
 */
public final class ClusterHealth implements HealthIndicator {

    /** The kubelet asks every 10 s, queue-proxy every 50 ms until the first yes. */
    private static final Duration KEPT = Duration.ofSeconds(5);

    /** An API server in trouble is not asked fifty times a second. */
    private static final Duration TROUBLE_KEPT = Duration.ofSeconds(1);

    /** It works, and slowly: no reason to send no events. */
    private static final String OLDER_CRD =
            "the CRD of Incidents is older than this image, so that all incidents are read for each decision:"
                    + " kubectl apply -f knative/base/100-incident-crd.yaml";

    private final ReentrantLock looking = new ReentrantLock();
    private final ClusterReader reader;
    private final String namespace;
    private final Supplier<List<String>> signatures;
    private final Feed feed;
    private final Supplier<Optional<String>> secondGate;
    private final CrdCheck crd;
    private final Ticks ticks;
    private volatile Seen seen;

    /**
     * @param namespace KubeSent's own, in which there are no incidents
     * @param signatures what is wrong with those of the users, a line each
     * @param feed not ready where it may not watch
     * @param secondGate what is missing of the API server's own bounds
     */
    public ClusterHealth(
            ClusterReader reader,
            String namespace,
            Supplier<List<String>> signatures,
            Feed feed,
            Supplier<Optional<String>> secondGate,
            Ticks ticks) {
        this.feed = feed;
        this.secondGate = secondGate;
        this.signatures = signatures;
        this.reader = reader;
        this.crd = new CrdCheck(reader, ticks);
        this.namespace = namespace;
        this.ticks = ticks;
        this.seen = new Seen(ticks.before(KEPT), Health.unknown().build());
    }

    private record Seen(long at, Health health) {}

    @Override
    public Health health() {
        if (isFresh() || !looking.tryLock()) {
            return seen.health();
        }
        try {
            var health = look();
            seen = new Seen(ticks.nanos(), health);
            return health;
        } finally {
            looking.unlock();
        }
    }

    private boolean isFresh() {
        var kept = seen.health().getStatus().equals(Status.UP) ? KEPT : TROUBLE_KEPT;
        return !ticks.isOver(seen.at(), kept);
    }

    private Health look() {
        try {
            var page = reader.page(Incident.class, namespace, IncidentFields.every(), 1, "");
            var unfed = feed.trouble();
            if (unfed.isPresent()) {
                return Health.down().withDetail("reason", unfed.get()).build();
            }
            var up = Health.up();
            if (!feed.state().isEmpty()) {
                up.withDetail("feed", feed.state());
            }
            if (page.unpicked()) {
                up.withDetail("crd", OLDER_CRD);
            }
            if (seen.health().getStatus().equals(Status.UP)) {
                explain(up, page.unpicked());
            }
            return up.build();
        } catch (ClusterException e) {
            var why = e.kind() == ClusterException.Kind.NOT_FOUND
                    ? "the API server does not know Incidents: kubectl apply -f knative/base/100-incident-crd.yaml"
                    : "the API server: " + e.getMessage();
            return Health.down().withDetail("reason", why).build();
        }
    }

    /** Not at the first look: a start does not wait for what only explains. */
    private void explain(Health.Builder up, boolean isOld) {
        if (!isOld) {
            crd.trouble().ifPresent(trouble -> up.withDetail("crd", trouble));
        }
        var trouble = signatures.get();
        if (!trouble.isEmpty()) {
            up.withDetail("signatures", trouble);
        }
        secondGate.get().ifPresent(missing -> up.withDetail("secondGate", missing));
    }
}
