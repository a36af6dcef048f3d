package dev.kubesent.cluster;

import dev.kubesent.cluster.ClusterException.Kind;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads the live cluster. Every method throws {@link ClusterException} when the API server gives no answer or a refusal. No read is without a
 * bound: {@link #each} shows what there may be many of, one at a time, and says whether that was all; {@code list} is for what there are few of.
 */
public interface ClusterReader {

    /** @param namespace empty for a cluster-scoped type */
    <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name);

    /** An object of a type that is known only by name; empty also where the reference's uid is not the live one's. */
    Optional<GenericKubernetesResource> get(ObjectRef ref);

    /**
     * Shows objects one at a time, by name, and keeps none of them. The visitor keeps what it needs, and reads nothing itself: the answer
     * waits for it.
     */
    <T extends HasMetadata> Extent each(Class<T> type, Selection which, Bound most, Consumer<? super T> visitor);

    /**
     * One page of those that a selector picks, in the order of their namespaces and names.
     *
     * @param namespace empty for all
     * @param most objects in the page
     * @param next empty for the first page, then what the page before said
     */
    <T extends HasMetadata> Page<T> page(Class<T> type, String namespace, FieldSelector fields, int most, String next);

    /**
     * The first of those that a selector picks, in the order of their namespaces and names.
     *
     * @param most of them, and of one page
     * @throws ClusterException of kind REJECTED where one of them cannot be read: what it says might be what matters
     */
    default <T extends HasMetadata> List<T> first(Class<T> type, String namespace, FieldSelector fields, int most) {
        return some(type, namespace, fields, most, page -> {
            if (page.unreadable() > 0) {
                throw unreadable(type, namespace);
            }
        });
    }

    /** The same without those that cannot be read, for what is no worse where some are missing. */
    default <T extends HasMetadata> List<T> readable(Class<T> type, String namespace, FieldSelector fields, int most) {
        return some(type, namespace, fields, most, _ -> {});
    }

    private <T extends HasMetadata> List<T> some(
            Class<T> type, String namespace, FieldSelector fields, int most, Consumer<Page<T>> check) {
        var found = new ArrayList<T>();
        var next = "";
        do {
            var page = page(type, namespace, fields, most, next);
            check.accept(page);
            found.addAll(page.items());
            next = page.next();
        } while (!next.isEmpty() && found.size() < most);
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }

    private static ClusterException unreadable(Class<?> type, String namespace) {
        return new ClusterException(
                ClusterException.Kind.REJECTED,
                "%ss of namespace %s were written by a newer version and cannot be read: nothing is decided without them; install that version again, or delete them"
                        .formatted(type.getSimpleName(), namespace));
    }

    /**
     * All, where there are {@link Bound#FEW}. Never of pods, Jobs or Events, of which there are many.
     *
     * @param namespace empty for all
     * @throws ClusterException of kind REJECTED where there are more: a part is not to be taken for the whole
     */
    default <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
        return list(type, Selection.of(namespace));
    }

    /** Those that bear all of these labels, where there are few. @param namespace never empty */
    default <T extends HasMetadata> List<T> list(Class<T> type, String namespace, Map<String, String> labels) {
        return list(type, Selection.of(namespace).labelled(labels));
    }

    default <T extends HasMetadata> List<T> list(Class<T> type, Selection which) {
        var all = new ArrayList<T>();
        if (!each(type, which, Bound.FEW, all::add).isWhole()) {
            throw tooMany(HasMetadata.getKind(type), which.namespace());
        }
        return List.copyOf(all);
    }

    /** Of a type that is known only by name, and may not be installed: then there are none. As few, and refused as they are. */
    List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace);

    static ClusterException tooMany(String kind, String namespace) {
        return new ClusterException(
                Kind.REJECTED,
                "there are more than %d %ss, or %d MiB of them,%s which is more than KubeSent reads: it says nothing about them"
                        .formatted(
                                Bound.FEW.objects(),
                                kind,
                                Bound.FEW.bytes() >> 20,
                                namespace.isEmpty() ? "" : " in namespace " + namespace + ","));
    }

    /** How many there are; a real API server tells without sending them. @param namespace never empty */
    <T extends HasMetadata> long count(Class<T> type, String namespace);

    /**
     * Of one page of the pods of a namespace those that are wanted, each as the bytes of its JSON; 8 MiB at most, or one pod.
     *
     * @param namespace empty for all
     * @param next empty for the first page, then what the page before said
     * @param wanted asked of each pod, while the answer waits: it reads nothing itself. Of some it may be asked twice
     */
    PodPage podPage(String namespace, String next, Predicate<byte[]> wanted);

    /** What pods use now; none where the cluster has no resource metrics API. */
    Extent podMetrics(Selection which, Bound most, Consumer<? super PodMetrics> visitor);

    /** Of the API server that answers now. */
    KubernetesVersion version();

    /** The core/v1 Events about one object, oldest first: the newest {@link NewestEvents#KEPT} of the first {@link NewestEvents#SEEN}. */
    List<Event> eventsAbout(ObjectRef object);

    /** The text as the kubelet gives it, a MiB at most; empty where there is none. */
    String log(ContainerLog which);

    /**
     * Begins what reads this cluster and does not need what else is being read: a real API server answers several requests at a time. Here it is done
     * before this returns, so that what is recorded and replayed has one order.
     *
     * @param read bounded, as every read is; it must not look through text that grows with what a user wrote
     * @return waits for it. What it throws is thrown by this, or by what is returned
     */
    default <T> Supplier<T> begin(Supplier<T> read) {
        var done = read.get();
        return () -> done;
    }
}
