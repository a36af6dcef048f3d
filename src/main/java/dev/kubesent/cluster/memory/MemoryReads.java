package dev.kubesent.cluster.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.cluster.NewestEvents;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Page;
import dev.kubesent.cluster.PodPage;
import dev.kubesent.cluster.Selection;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The objects of a cluster in memory, and how they are read: in the order in which they came, where an API server goes by name. */
abstract sealed class MemoryReads implements ClusterReader permits InMemoryCluster {

    /** Small, so that every use of it turns pages. */
    private static final int PAGE = 2;

    private static final KubernetesVersion VERSION = new KubernetesVersion(1, 35);

    private final Map<Key, ObjectNode> objects = new LinkedHashMap<>();
    private final Logs logs = new Logs();
    private long version;

    public void loadLog(ContainerLog which, String text) {
        logs.load(which, text);
    }

    @Override
    public KubernetesVersion version() {
        return VERSION;
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
    public <T extends HasMetadata> Extent each(
            Class<T> type, Selection which, Bound most, Consumer<? super T> visitor) {
        var found = selected(HasMetadata.getApiVersion(type), HasMetadata.getKind(type), which);
        found.stream()
                .limit(most.objects())
                .map(tree -> KubernetesJson.as(tree, type))
                .forEach(visitor);
        return found.size() > most.objects() ? Extent.CUT : Extent.WHOLE;
    }

    @Override
    public <T extends HasMetadata> Page<T> page(
            Class<T> type, String namespace, FieldSelector fields, int most, String next) {
        var all = selected(HasMetadata.getApiVersion(type), HasMetadata.getKind(type), Selection.of(namespace)).stream()
                .map(tree -> KubernetesJson.as(tree, type))
                .toList();
        return Pages.picked(all, fields, most, next);
    }

    @Override
    public List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace) {
        var found = selected(apiVersion, kind, Selection.of(namespace));
        if (found.size() > Bound.FEW.objects()) {
            throw ClusterReader.tooMany(kind, namespace);
        }
        return found.stream()
                .map(tree -> KubernetesJson.as(tree, GenericKubernetesResource.class))
                .toList();
    }

    @Override
    public <T extends HasMetadata> long count(Class<T> type, String namespace) {
        return selected(HasMetadata.getApiVersion(type), HasMetadata.getKind(type), Selection.of(namespace))
                .size();
    }

    @Override
    public synchronized PodPage podPage(String namespace, String next, Predicate<byte[]> wanted) {
        var from = next.isEmpty() ? 0 : Integer.parseInt(next);
        var pods = all("v1", "Pod", namespace)
                .skip(from)
                .limit(PAGE)
                .map(tree -> tree.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
        return new PodPage(
                pods.stream().filter(wanted).toList(),
                pods.size(),
                pods.size() < PAGE ? "" : String.valueOf(from + PAGE));
    }

    @Override
    public Extent podMetrics(Selection which, Bound most, Consumer<? super PodMetrics> visitor) {
        return each(PodMetrics.class, which, most, visitor);
    }

    @Override
    public List<Event> eventsAbout(ObjectRef object) {
        var newest = new NewestEvents();
        each(
                Event.class,
                Selection.of(object.namespace().isEmpty() ? "default" : object.namespace())
                        .where(FieldSelector.where("involvedObject.name", object.name())
                                .and("involvedObject.kind", object.kind())),
                Bound.of(NewestEvents.SEEN),
                newest);
        return newest.oldestFirst();
    }

    @Override
    public String log(ContainerLog which) {
        return logs.read(which);
    }

    /** Copies: who looks at them may write meanwhile. */
    private synchronized List<ObjectNode> selected(String apiVersion, String kind, Selection which) {
        return all(apiVersion, kind, which.namespace())
                .filter(tree -> which.labels().entrySet().stream()
                        .allMatch(label -> label.getValue()
                                .equals(tree.path("metadata")
                                        .path("labels")
                                        .path(label.getKey())
                                        .textValue())))
                .filter(tree -> which.fields().matches(tree))
                .map(ObjectNode::deepCopy)
                .toList();
    }

    private Stream<ObjectNode> all(String apiVersion, String kind, String namespace) {
        return objects.entrySet().stream()
                .filter(e -> e.getKey().kind().equals(kind)
                        && e.getKey().apiVersion().equals(apiVersion))
                .filter(Key.within(namespace))
                .map(Map.Entry::getValue);
    }

    final void store(ObjectNode tree) {
        tree.withObject("/metadata").put("resourceVersion", Long.toString(++version));
        objects.put(Key.of(tree).ofAnObject(), tree);
    }

    final void remove(ObjectRef ref) {
        objects.remove(Key.of(ref));
    }

    final Optional<ObjectNode> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(Key.of(ref)));
    }
}
