package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.Admission;
import dev.kubesent.event.PodEvent;
import dev.kubesent.event.PodEvents;
import dev.kubesent.event.Sighting;
import dev.kubesent.incident.Housekeeping.Tidied;
import dev.kubesent.pipeline.Sweep.Swept;
import dev.kubesent.time.Skew;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the pods and Jobs of one namespace. What goes wrong in it, or takes too long, ends this namespace's look and no other's. */
record NamespaceSweep(Pipeline pipeline, ClusterReader reader, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceSweep.class);

    /** So long what was read of a pod is the pod: as its controllers (evidence.SharedOwners). A change is judged by the pod as it is then. */
    private static final Duration LIVE = Duration.ofSeconds(15);

    /** What was seen so far, in all namespaces. */
    static final class Counts {

        private int pods;
        private int failing;
        private int lost;
        private Tidied tidied = new Tidied(0, 0);

        void tidied(Tidied by) {
            tidied = by;
        }

        Swept swept(int unfinished) {
            return new Swept(unfinished, pods, failing, lost, tidied.closed(), tidied.deleted());
        }
    }

    /** Throws nothing: neither the cluster's faults nor a defect of ours, at one pod or one namespace, ends the sweep. @param until when no further page is asked for */
    void sweep(String namespace, Instant until, Counts counts) {
        try {
            pods(namespace, until, counts);
            counts.lost += pipeline.tellLostRuns(namespace);
        } catch (ClusterException e) {
            if (e.isForWantOfARight()) {
                LOG.info(
                        "{} is not swept: bind the ClusterRole kubesent-healer there (knative/README.md): {}",
                        namespace,
                        e.getMessage());
            } else {
                LOG.warn("the rest of {} is left for the next sweep: {}", namespace, e.getMessage());
            }
        } catch (RejectedExecutionException e) {
            LOG.warn("the rest of {} is left for the next sweep: {}", namespace, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, at namespace {}; the sweep goes on with the next", namespace, e);
        }
    }

    private void pods(String namespace, Instant until, Counts counts) {
        var next = "";
        int looked = 0;
        int seen = 0;
        do {
            if (clock.instant().isAfter(until)) {
                LOG.warn("{} takes longer than its share of a sweep: {} pods were looked at", namespace, looked);
                return;
            }
            var read = clock.instant();
            var page = reader.podPage(namespace, next, json -> suspicious(json).isPresent());
            looked += page.looked();
            counts.pods += page.looked();
            seen += page.pods().size();
            if (seen > 1) {
                pipeline.evidence().expectSeveral(namespace);
            }
            counts.failing += (int) page.pods().stream()
                    .flatMap(json -> suspicious(json).stream())
                    .filter(pod -> handle(pod, read))
                    .count();
            next = page.next();
        } while (!next.isEmpty());
    }

    private static Optional<PodEvent> suspicious(byte[] pod) {
        return switch (PodEvents.sight(pod, "sweep")) {
            case Sighting.Suspicious(var seen) -> Optional.of(seen);
            case Sighting.Unremarkable _, Sighting.Unusable _, Sighting.Decided _ -> Optional.empty();
        };
    }

    /** @return whether it fails */
    private boolean handle(PodEvent seen, Instant read) {
        try {
            return switch (pipeline.handle(seen, Admission.ofEverything(), () -> live(seen, read))) {
                case Handled.Opened _, Handled.Known _ -> true;
                case Handled.Dropped _, Handled.Rejected _, Handled.TryAgain _ -> false;
            };
        } catch (ClusterException | RejectedExecutionException | UnusablePodException e) {
            LOG.info("{}/{} is left for the next sweep: {}", seen.namespace(), seen.name(), e.getMessage());
            return true;
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, at pod {}/{}", seen.namespace(), seen.name(), e);
            return true;
        }
    }

    /** What was read just now is the pod as it is: the page is the API server's own, and told by nobody else. */
    private Optional<Pod> live(PodEvent seen, Instant read) {
        return Skew.isWithin(read, LIVE, clock.instant())
                ? seen.body().map(json -> KubernetesJson.parse(new String(json, StandardCharsets.UTF_8), Pod.class))
                : reader.get(Pod.class, seen.namespace().text(), seen.name().text());
    }
}
