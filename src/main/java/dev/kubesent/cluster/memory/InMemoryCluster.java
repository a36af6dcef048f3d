package dev.kubesent.cluster.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.PodPage;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.cluster.Subresource;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A cluster in memory. Safe for use by several threads. */
public final class InMemoryCluster implements ClusterReader, RecordWriter, ClusterWriter {

    /** Small, so that every use of it turns pages. */
    private static final int PAGE = 2;

    private static final KubernetesVersion VERSION = new KubernetesVersion(1, 35);

    private final Map<Key, ObjectNode> objects = new LinkedHashMap<>();
    private final Logs logs = new Logs();
    private final List<Reaction> reactions = new ArrayList<>();
    private final Clock clock;
    private long version;

    public InMemoryCluster(Clock clock) {
        this.clock = clock;
    }

    public synchronized void addReaction(Reaction reaction) {
        reactions.add(reaction);
    }

    @Override
    public KubernetesVersion version() {
        return VERSION;
    }

    /** Puts an object in as it is, status and all; gives it a uid where it has none. */
    public synchronized void load(HasMetadata object) {
        var tree = (ObjectNode) KubernetesJson.tree(object);
        if (!tree.at("/metadata/uid").isTextual()) {
            metadata(tree).put("uid", UUID.randomUUID().toString());
        }
        store(tree);
    }

    /** Takes an object out without telling anybody, as if it had never been. */
    public synchronized void unload(ObjectRef ref) {
        objects.remove(Key.of(ref));
    }

    public void loadLog(ContainerLog which, String text) {
        logs.load(which, text);
    }

    @Override
    public synchronized <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
        var key = new Key(HasMetadata.getApiVersion(type), HasMetadata.getKind(type), namespace, name);
        return Optional.ofNullable(objects.get(key)).map(tree -> KubernetesJson.as(tree.deepCopy(), type));
    }

    @Override
    public synchronized Optional<GenericKubernetesResource> get(ObjectRef ref) {
        return find(ref)
                .filter(tree -> ref.uid().isEmpty()
                        || ref.uid().equals(tree.at("/metadata/uid").asText()))
                .map(tree -> KubernetesJson.as(tree.deepCopy(), GenericKubernetesResource.class));
    }

    @Override
    public synchronized <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
        return all(HasMetadata.getApiVersion(type), HasMetadata.getKind(type), namespace)
                .map(tree -> KubernetesJson.as(tree.deepCopy(), type))
                .toList();
    }

    @Override
    public synchronized List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace) {
        return all(apiVersion, kind, namespace)
                .map(tree -> KubernetesJson.as(tree.deepCopy(), GenericKubernetesResource.class))
                .toList();
    }

    @Override
    public synchronized PodPage podPage(String namespace, String next) {
        var from = next.isEmpty() ? 0 : Integer.parseInt(next);
        var pods = all("v1", "Pod", namespace)
                .skip(from)
                .limit(PAGE)
                .map(tree -> tree.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
        return new PodPage(pods, pods.size() < PAGE ? "" : String.valueOf(from + PAGE));
    }

    private Stream<ObjectNode> all(String apiVersion, String kind, String namespace) {
        return objects.entrySet().stream()
                .filter(e -> e.getKey().kind().equals(kind)
                        && e.getKey().apiVersion().equals(apiVersion))
                .filter(Key.within(namespace))
                .map(Map.Entry::getValue);
    }

    @Override
    public synchronized <T extends HasMetadata> List<T> list(
            Class<T> type, String namespace, Map<String, String> labels) {
        return list(type, namespace).stream()
                .filter(object -> Objects.requireNonNullElse(
                                object.getMetadata().getLabels(), Map.<String, String>of())
                        .entrySet()
                        .containsAll(labels.entrySet()))
                .toList();
    }

    @Override
    public synchronized List<PodMetrics> podMetrics(String namespace, Map<String, String> labels) {
        return list(PodMetrics.class, namespace, labels);
    }

    @Override
    public synchronized List<Event> eventsAbout(ObjectRef object) {
        return list(Event.class, object.namespace().isEmpty() ? "default" : object.namespace()).stream()
                .filter(e -> e.getInvolvedObject() != null
                        && object.name().equals(e.getInvolvedObject().getName())
                        && object.kind().equals(e.getInvolvedObject().getKind()))
                .toList();
    }

    @Override
    public String log(ContainerLog which) {
        return logs.read(which);
    }

    @Override
    public synchronized <T extends HasMetadata> T create(T record) {
        return create(record, Mode.FOR_REAL);
    }

    @Override
    public synchronized Pod create(Pod pod) {
        var created = create(pod, Mode.FOR_REAL);
        reactions.forEach(r -> r.created(created));
        return created;
    }

    @Override
    public synchronized Job create(Job job) {
        return create(job, Mode.FOR_REAL);
    }

    @Override
    @SuppressWarnings("unchecked") // a T goes in, the same T comes out
    public synchronized <T extends HasMetadata> T replaceStatus(T record) {
        var sent = (ObjectNode) KubernetesJson.tree(record);
        var stored = asItWasRead(record);
        var next = stored.deepCopy();
        next.set("status", sent.path("status"));
        store(next);
        return (T) KubernetesJson.as(next.deepCopy(), record.getClass());
    }

    @Override
    @SuppressWarnings("unchecked") // a T goes in, the same T comes out
    public synchronized <T extends HasMetadata> T replace(T record) {
        var next = (ObjectNode) KubernetesJson.tree(record);
        asItWasRead(record);
        store(next);
        return (T) KubernetesJson.as(next.deepCopy(), record.getClass());
    }

    @Override
    public synchronized void delete(HasMetadata record) {
        asItWasRead(record);
        unload(ObjectRef.of(record));
    }

    private ObjectNode asItWasRead(HasMetadata record) {
        var stored = stored(ObjectRef.of(record));
        if (!stored.at("/metadata/resourceVersion")
                .asText()
                .equals(record.getMetadata().getResourceVersion())) {
            throw new ClusterException(Kind.CONFLICT, "the object has been modified; apply your changes to the latest");
        }
        return stored;
    }

    @Override
    public synchronized void patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations) {
        var before = stored(target);
        var next = Patching.apply(before, subresource, operations, clock);
        if (next.equals(before)) {
            return; // as the API server does: nothing changes, not even the resourceVersion
        }
        store(next);
        if (subresource == Subresource.NONE) {
            var written = KubernetesJson.as(next.deepCopy(), GenericKubernetesResource.class);
            reactions.forEach(r -> r.patched(written));
        }
    }

    @Override
    public synchronized void delete(ObjectRef pod) {
        var stored = exactly(pod);
        unload(pod);
        var deleted = KubernetesJson.as(stored, Pod.class);
        reactions.forEach(r -> r.deleted(deleted));
    }

    /** As the API server does where a budget allows it; where none does, nothing is deleted. */
    @Override
    public synchronized void evict(ObjectRef pod) {
        mayEvict(pod);
        delete(pod);
    }

    /** @throws ClusterException as the API server would answer */
    synchronized void mayEvict(ObjectRef pod) {
        Budgets.check(
                KubernetesJson.as(exactly(pod).deepCopy(), Pod.class),
                list(PodDisruptionBudget.class, pod.namespace()));
    }

    /** Answers as the writes do, and keeps nothing. */
    public DryRun dryRun() {
        return new MemoryDryRun(this);
    }

    synchronized ObjectNode patched(ObjectRef target, Subresource which, List<PatchOperation> operations) {
        return Patching.apply(stored(target), which, operations, clock);
    }

    synchronized ObjectNode stored(ObjectRef target) {
        return find(target).orElseThrow(() -> new ClusterException(Kind.NOT_FOUND, target.display() + " not found"));
    }

    enum Mode {
        FOR_REAL,
        DRY_RUN
    }

    @SuppressWarnings("unchecked") // a T goes in, the same T comes out
    synchronized <T extends HasMetadata> T create(T object, Mode mode) {
        var ref = ObjectRef.of(object);
        if (find(ref).isPresent()) {
            throw new ClusterException(Kind.ALREADY_EXISTS, ref.display() + " already exists");
        }
        var tree = (ObjectNode) KubernetesJson.tree(object);
        metadata(tree).put("uid", UUID.randomUUID().toString());
        metadata(tree).put("creationTimestamp", clock.instant().toString());
        tree.remove("status"); // only the status subresource writes it
        if (mode == Mode.FOR_REAL) {
            store(tree);
        }
        return (T) KubernetesJson.as(tree.deepCopy(), object.getClass());
    }

    synchronized ObjectNode exactly(ObjectRef pod) {
        var stored = stored(pod);
        if (!pod.uid().equals(stored.at("/metadata/uid").asText())) {
            throw new ClusterException(Kind.CONFLICT, "the UID in the precondition does not match");
        }
        return stored;
    }

    private void store(ObjectNode tree) {
        metadata(tree).put("resourceVersion", Long.toString(++version));
        objects.put(Key.of(tree).ofAnObject(), tree);
    }

    private Optional<ObjectNode> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(Key.of(ref)));
    }

    private static ObjectNode metadata(ObjectNode tree) {
        return tree.withObject("/metadata");
    }
}
