package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.revision.KeptRevision;
import dev.kubesent.gate.bounds.NamespacesInScope;
import dev.kubesent.incident.Housekeeping;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything once: an ApiServerSource sends no pod that exists already, and what it loses stays lost
 * (research/knative.md). Feeds the same pipeline as events do.
 */
public final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** All in all: a PingSource sends every few minutes, and what is left over is the next one's to begin with. */
    private static final Duration TIME = Duration.ofMinutes(4);

    /** For one namespace, however many there are. */
    private static final Duration LEAST = Duration.ofSeconds(5);

    private final AtomicInteger begin;
    private final NamespaceSweep one;
    private final Clock clock;
    private final Pipeline pipeline;
    private final ClusterReader reader;
    private final Housekeeping housekeeping;

    public Sweep(Pipeline pipeline, Ports ports, Clock clock) {
        this.pipeline = pipeline;
        this.reader = ports.reader();
        this.housekeeping = pipeline.housekeeping();
        this.one = new NamespaceSweep(pipeline, reader, clock);
        this.clock = clock;
        // A process that was just started does not begin where the one before did.
        this.begin = new AtomicInteger((int) (clock.millis() / 1000));
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

    /** @throws ClusterException where the cluster does not even say which namespaces there are; the next sweep begins anew */
    public Swept run() {
        var counts = new NamespaceSweep.Counts();
        int unfinished;
        try {
            unfinished = resume();
            sweep(inScope(), counts);
        } finally {
            counts.tidied(tidy());
        }
        pipeline.reporter().swept();
        return counts.swept(unfinished);
    }

    /** What is unfinished is taken up later where this fails: the pods are looked at nevertheless. */
    private int resume() {
        try {
            return pipeline.resume("");
        } catch (ClusterException e) {
            LOG.warn("unfinished incidents are left for the next sweep: {}", e.getMessage());
            return 0;
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, at unfinished incidents: they are left for the next sweep", e);
            return 0;
        }
    }

    /** Each has its share of what time is left, and the sweep begins with another each time: none starves. */
    private void sweep(List<String> namespaces, NamespaceSweep.Counts counts) {
        var end = clock.instant().plus(TIME);
        var turn = begin.getAndIncrement();
        for (int i = 0; i < namespaces.size(); i++) {
            var now = clock.instant();
            var share = Duration.between(now, end).dividedBy(namespaces.size() - i);
            var until = now.plus(share.compareTo(LEAST) < 0 ? LEAST : share);
            if (!now.isBefore(end)) {
                LOG.warn(
                        "a sweep took {}: {} of {} namespaces are left to the next",
                        TIME,
                        namespaces.size() - i,
                        namespaces.size());
                return;
            }
            one.sweep(namespaces.get(Math.floorMod(turn + i, namespaces.size())), until, counts);
        }
    }

    private Housekeeping.Tidied tidy() {
        try {
            return housekeeping.tidy(this::isGone);
        } catch (ClusterException e) {
            LOG.info("old incidents are left for the next sweep: {}", e.getMessage());
            return new Housekeeping.Tidied(0, 0);
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, at old incidents: they are left for the next sweep", e);
            return new Housekeeping.Tidied(0, 0);
        }
    }

    private List<String> inScope() {
        var scope = NamespacesInScope.read(reader);
        if (!scope.extent().isWhole()) {
            LOG.warn(
                    "more than {} namespaces opted in: the rest of them is not swept. Their events are still looked at",
                    scope.names().size());
        }
        return scope.names();
    }

    /** Of a kind that is not known, nothing is known either. Most are there, as what was read for the diagnoses says; that one is gone is looked at. */
    private boolean isGone(Incident incident) {
        var spec = incident.getSpec();
        return WorkloadKind.ofName(spec.ownerKind())
                .map(kind -> new ObjectRef(
                        kind.apiVersion(), kind.kind(), incident.getMetadata().getNamespace(), spec.ownerName(), ""))
                .filter(owner -> isGone(owner, pipeline.evidence().reader()::get) && isGone(owner, reader::get))
                .isPresent();
    }

    private boolean isGone(ObjectRef owner, Function<ObjectRef, Optional<GenericKubernetesResource>> read) {
        return read.apply(owner).filter(found -> !isHistory(found, read)).isEmpty();
    }

    /** A ReplicaSet that its controller only keeps to go back to: a later one has the pods, as somebody has mended the template. */
    private static boolean isHistory(
            GenericKubernetesResource owner, Function<ObjectRef, Optional<GenericKubernetesResource>> read) {
        return owner.getKind().equals(WorkloadKind.REPLICA_SET.kind())
                && replicas(owner, "spec", 1) == 0
                && replicas(owner, "status", 0) == 0
                && ControllerRef.of(owner)
                        .map(reference ->
                                ObjectRef.of(reference, owner.getMetadata().getNamespace()))
                        .filter(reference -> reference.isWellFormed() && KeptRevision.isCountedBy(reference))
                        .flatMap(read)
                        .filter(workload -> replicas(workload, "spec", 1) > 0 && isBefore(owner, workload))
                        .isPresent();
    }

    private static boolean isBefore(GenericKubernetesResource replicaSet, GenericKubernetesResource workload) {
        var number = KeptRevision.number(replicaSet, workload);
        return number > 0 && number < KeptRevision.number(workload, workload);
    }

    private static int replicas(GenericKubernetesResource of, String part, int otherwise) {
        return of.<Object>get(part, "replicas") instanceof Number number ? number.intValue() : otherwise;
    }
}
