package dev.kubesent.evidence;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.evidence.NodeFacts.Trouble;
import dev.kubesent.evidence.Reading.Unasked;
import dev.kubesent.failure.Failure;
import dev.kubesent.incident.WorkloadIncidents;
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
import java.util.function.Function;

/** Reads the evidence of one failure from the live cluster. */
public final class EvidenceReader {

    /** A SystemOOM event older than this says nothing about the failure at hand. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final ClusterReader cluster;
    private final SharedOwners shared;
    private final ImageRegistry registry;
    private final Reach reach;
    private final Function<String, Optional<Namespace>> namespaces;
    private final Lately lately;
    private final Clock clock;

    /**
     * @param reach whether it looks beyond the pod's namespace
     * @param namespaces by name, as they were a few seconds ago; empty for one that does not exist
     */
    public EvidenceReader(
            ClusterReader cluster,
            ImageRegistry registry,
            Reach reach,
            Function<String, Optional<Namespace>> namespaces,
            Clock clock) {
        this.reach = reach;
        this.namespaces = namespaces;
        this.cluster = cluster;
        this.shared = new SharedOwners(cluster, clock);
        this.registry = registry;
        this.lately = new Lately(clock);
        this.clock = clock;
    }

    /** The owners of a pod, for whoever needs them before the evidence is read. */
    public PodOwners owners(Pod pod) {
        return new PodOwners(new OwnerReader(shared.of(pod)), pod);
    }

    /** Several workloads of this namespace are about to be looked at: their controllers are read at once, and are a few seconds old then. */
    public void expectSeveral(String namespace) {
        shared.expectSeveral(namespace);
    }

    /** Whether that was said a moment ago. */
    public boolean expectsSeveral(String namespace) {
        return shared.expectsSeveral(namespace);
    }

    /** The cluster as diagnoses see it: controllers may be a few seconds old. That something is gone is never from memory. */
    public ClusterReader reader() {
        return shared;
    }

    /** What was read about a pod already, to find its incident. @param ofWorkload empty where it was not read, or is too much to keep */
    public record Beforehand(PodOwners owners, Optional<WorkloadIncidents> ofWorkload) {

        /** The same, for as long as it waits. */
        public Packed packed() {
            return new Packed(owners.packed(), ofWorkload);
        }

        /** The pod and its owners as JSON, compressed. */
        public record Packed(PackedOwners owners, Optional<WorkloadIncidents> ofWorkload) {

            public Beforehand unpacked() {
                return new Beforehand(owners.unpacked(), ofWorkload);
            }

            /** With the pod, in bytes. */
            public int size() {
                return owners.size()
                        + ofWorkload
                                .map(all -> KubernetesJson.json(all.incidents()).length())
                                .orElse(0);
            }
        }
    }

    /**
     * All that a diagnosis rests on. What cannot be read is missing, and the rest is evidence; what only a change has to respect is not asked.
     *
     * @param incident the one that this is for
     * @param beforehand a short while ago
     * @throws ClusterException of kind BUSY, of the API server or of our own reads
     */
    public Evidence read(Failure failure, Pod pod, Incident incident, Beforehand beforehand) {
        return read(failure, pod, incident, beforehand, shared.of(pod));
    }

    /** The same, and nothing of it from memory: for who has changed something already, and for what was just found to have changed. */
    public Evidence live(Failure failure, Pod pod, Incident incident) {
        var owners = new PodOwners(new OwnerReader(cluster), pod);
        return read(failure, pod, incident, new Beforehand(owners, Optional.empty()), cluster);
    }

    private Evidence read(
            Failure failure, Pod pod, Incident incident, Beforehand beforehand, ClusterReader controllers) {
        var namespace = pod.getMetadata().getNamespace();
        var takenAt = clock.instant(); // before any of it: no fact is older than it is said to be
        var owners = beforehand.owners().chain();
        var log = cluster.begin(() -> LogReader.read(cluster, failure));
        var events = Readings.begin(cluster, Source.EVENTS, () -> events(pod));
        var live = Readings.begin(
                cluster,
                Source.NAMESPACE,
                () -> namespaces.apply(namespace).orElseThrow(() -> Readings.gone("Namespace/" + namespace)));
        var node = cluster.begin(() -> nodeIfAsked(failure, pod));
        var history =
                Readings.begin(cluster, Source.HISTORY, () -> history(pod, owners, incident, beforehand.ofWorkload()));
        var around = surroundings(controllers).begin(failure, pod, owners);
        return new Evidence(
                failure,
                pod,
                takenAt,
                log.get(),
                events.get(),
                owners,
                live.get(),
                new Unasked<>(Source.LIMIT_RANGES),
                new Unasked<>(Source.QUOTAS),
                node.get(),
                history.get(),
                around.apply(log.get()));
    }

    /**
     * What a change rests on beside that: what it has to respect, and all that was read before the work began, anew.
     *
     * @throws ClusterException of kind BUSY, of the API server or of our own reads
     */
    public Evidence forChange(Evidence evidence, Incident incident) {
        var pod = evidence.pod();
        var where = pod.getMetadata().getNamespace();
        var chain = cluster.begin(() -> new PodOwners(new OwnerReader(cluster), pod).chain());
        var namespace = Readings.begin(cluster, Source.NAMESPACE, () -> existing(Namespace.class, "", where));
        var limits = Readings.begin(cluster, Source.LIMIT_RANGES, () -> cluster.list(LimitRange.class, where));
        var quotas = Readings.begin(cluster, Source.QUOTAS, () -> cluster.list(ResourceQuota.class, where));
        var node = Readings.begin(cluster, Source.NODE, () -> node(pod, evidence.takenAt()));
        var images = cluster.begin(() -> imagesOf(evidence, evidence.around().images()));
        // Of the workload that it was a moment ago; where it is another by now, that one's are read.
        var before = evidence.workload().display();
        var ofWorkload = Readings.begin(cluster, Source.HISTORY, () -> WorkloadIncidents.read(cluster, where, before));
        var owners = chain.get();
        return new Evidence(
                evidence.failure(),
                pod,
                evidence.takenAt(),
                evidence.log(),
                evidence.events(),
                owners,
                namespace.get(),
                limits.get(),
                quotas.get(),
                node.get(),
                Readings.read(
                        Source.HISTORY,
                        () -> history(pod, owners, incident, ofWorkload.get().present())),
                evidence.around()
                        .withImages(_ -> images.get())
                        .withRollout(rollout -> rolloutOf(evidence, owners, rollout)));
    }

    /** What may have been put together from what was read for others is read anew. */
    private Reading<RolloutFacts> rolloutOf(
            Evidence evidence, Reading<OwnerChain> owners, Reading<RolloutFacts> rollout) {
        return shared.hasSharedLately(evidence.pod().getMetadata().getNamespace())
                ? surroundings(cluster).rollout(evidence.failure(), evidence.pod(), owners)
                : rollout;
    }

    /** Where they were asked. */
    private Reading<List<RunningImage>> imagesOf(Evidence evidence, Reading<List<RunningImage>> images) {
        return images.present().isEmpty()
                ? images
                : surroundings(cluster)
                        .images(evidence.failure(), evidence.pod().getMetadata().getNamespace(), evidence.takenAt());
    }

    private SurroundingsReader surroundings(ClusterReader reader) {
        return new SurroundingsReader(reader, registry, reach, lately, clock);
    }

    /** Whether the node is short of memory is a cause of an OOM kill alone; what it is to a change is asked with that. */
    private Reading<NodeFacts> nodeIfAsked(Failure failure, Pod pod) {
        return failure.oom().isPresent() || pod.getSpec().getNodeName() == null
                ? Readings.read(Source.NODE, () -> node(pod, Instant.MIN))
                : new Unasked<>(Source.NODE);
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

    /** @param since what was read before that is read anew */
    private NodeFacts node(Pod pod, Instant since) {
        var name = pod.getSpec().getNodeName();
        if (name == null) {
            throw Readings.gone("the pod has no node; it");
        }
        return lately.node(name, since, () -> node(name));
    }

    private NodeFacts node(String name) {
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

    private History history(Pod pod, Reading<OwnerChain> owners, Incident incident, Optional<WorkloadIncidents> known) {
        var chain = owners.present().orElseThrow(() -> Readings.gone("the workload"));
        var workload = owners(pod).top(chain).display();
        var ofWorkload = known.filter(all -> all.workload().equals(workload))
                .orElseGet(
                        () -> WorkloadIncidents.read(cluster, pod.getMetadata().getNamespace(), workload));
        return History.of(ofWorkload, incident);
    }

    private <T extends HasMetadata> T existing(Class<T> type, String namespace, String name) {
        return cluster.get(type, namespace, name)
                .orElseThrow(() -> Readings.gone(HasMetadata.getKind(type) + "/" + name));
    }
}
