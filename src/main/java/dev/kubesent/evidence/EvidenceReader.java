package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.evidence.NodeFacts.Trouble;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.failure.Failure;
import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the evidence of one failure from the live cluster. */
public final class EvidenceReader {

    /** A SystemOOM event older than this says nothing about the failure at hand. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final ClusterReader cluster;
    private final OwnerReader ownership;
    private final ImageRegistry registry;
    private final Reach reach;
    private final Clock clock;

    /** @param reach whether it looks beyond the pod's namespace */
    public EvidenceReader(ClusterReader cluster, ImageRegistry registry, Reach reach, Clock clock) {
        this.reach = reach;
        this.cluster = cluster;
        this.ownership = new OwnerReader(cluster);
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * What cannot be read is missing, and the rest is evidence.
     *
     * @param incident the name of the one that this is for
     * @throws ClusterException of kind BUSY, of the API server or of our own reads
     */
    public Evidence read(Failure failure, Pod pod, String incident) {
        var namespace = pod.getMetadata().getNamespace();
        var owners = read(Source.OWNERS, () -> ownership.chain(pod));
        var log = LogReader.read(cluster, failure);
        return new Evidence(
                failure,
                pod,
                clock.instant(),
                log,
                read(Source.EVENTS, () -> events(pod)),
                owners,
                read(Source.NAMESPACE, () -> existing(Namespace.class, "", namespace)),
                read(Source.LIMIT_RANGES, () -> cluster.list(LimitRange.class, namespace)),
                read(Source.QUOTAS, () -> cluster.list(ResourceQuota.class, namespace)),
                read(Source.NODE, () -> node(pod)),
                read(Source.HISTORY, () -> history(namespace, pod, owners, incident)),
                new SurroundingsReader(cluster, registry, reach, clock).of(failure, pod, log, owners));
    }

    private List<ObservedEvent> events(Pod pod) {
        var events = cluster.eventsAbout(ObjectRef.of(pod)).stream()
                .filter(e -> concerns(e, pod))
                .toList();
        return events.subList(Math.max(0, events.size() - ForeignText.EVENTS), events.size()).stream()
                .map(ObservedEvent::of)
                .toList();
    }

    /** An earlier pod of the same name has events too. */
    private static boolean concerns(Event event, Pod pod) {
        var uid = event.getInvolvedObject() == null
                ? null
                : event.getInvolvedObject().getUid();
        return uid == null || uid.equals(pod.getMetadata().getUid());
    }

    private NodeFacts node(Pod pod) {
        var name = pod.getSpec().getNodeName();
        if (name == null) {
            throw gone("the pod has no node; it");
        }
        var node = existing(Node.class, "", name);
        var troubles = EnumSet.noneOf(Trouble.class);
        for (var condition : node.getStatus().getConditions()) {
            trouble(condition).ifPresent(troubles::add);
        }
        if (node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
            troubles.add(Trouble.CORDONED);
        }
        if (cluster.eventsAbout(ObjectRef.of(node)).stream().anyMatch(this::isRecentSystemOom)) {
            troubles.add(Trouble.SYSTEM_OOM);
        }
        var allocatable = Optional.ofNullable(node.getStatus().getAllocatable())
                .map(a -> a.get("memory"))
                .map(Memory::of);
        return new NodeFacts(name, troubles, allocatable);
    }

    private static Optional<Trouble> trouble(NodeCondition condition) {
        var holds = condition.getStatus().equals("True");
        return switch (condition.getType()) {
            case "MemoryPressure" -> holds ? Optional.of(Trouble.MEMORY_PRESSURE) : Optional.empty();
            case "DiskPressure" -> holds ? Optional.of(Trouble.DISK_PRESSURE) : Optional.empty();
            case "PIDPressure" -> holds ? Optional.of(Trouble.PID_PRESSURE) : Optional.empty();
            case "Ready" -> holds ? Optional.empty() : Optional.of(Trouble.NOT_READY);
            default -> Optional.empty();
        };
    }

    private boolean isRecentSystemOom(Event event) {
        return "SystemOOM".equals(event.getReason())
                && event.getLastTimestamp() != null
                && Instant.parse(event.getLastTimestamp()).plus(RECENT).isAfter(clock.instant());
    }

    /** What the pod's incidents are named for. @see OwnerReader#controller */
    public Optional<ObjectRef> controller(Pod pod) {
        return ownership.controller(pod);
    }

    /** The top of the pod's owners, as {@code Deployment/web}; the pod itself where nothing controls it, or what does is not proven. */
    public String workload(Pod pod) {
        return top(pod, ownership.chain(pod)).display();
    }

    private History history(String namespace, Pod pod, Reading<OwnerChain> owners, String incident) {
        var chain = owners.present().orElseThrow(() -> gone("the workload"));
        return new PastIncidents(cluster, clock).of(namespace, top(pod, chain).display(), incident);
    }

    private static ObjectRef top(Pod pod, OwnerChain chain) {
        return chain.workload().orElseGet(() -> ObjectRef.of(pod));
    }

    private <T extends HasMetadata> T existing(Class<T> type, String namespace, String name) {
        return cluster.get(type, namespace, name).orElseThrow(() -> gone(HasMetadata.getKind(type) + "/" + name));
    }

    static ClusterException gone(String what) {
        return new ClusterException(ClusterException.Kind.NOT_FOUND, what + " does not exist");
    }

    static <T> Reading<T> read(Source source, Supplier<T> call) {
        try {
            return new Present<>(call.get());
        } catch (ClusterException e) {
            return missing(source, e);
        }
    }

    /** @throws ClusterException where it is only busy: that says nothing about the pod, and the work is taken up again */
    static <T> Reading<T> missing(Source source, ClusterException e) {
        if (e.kind() == ClusterException.Kind.BUSY) {
            throw e;
        }
        return new Missing<>(source, String.valueOf(e.getMessage()));
    }
}
