package dev.kubesent.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the live cluster. Every method throws {@link ClusterException} when the API server gives no answer or a refusal. */
public interface ClusterReader {

    /** @param namespace empty for a cluster-scoped type */
    <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name);

    /** An object of a type that is known only by name; empty also where the reference's uid is not the live one's. */
    Optional<GenericKubernetesResource> get(ObjectRef ref);

    /** @param namespace empty for all */
    <T extends HasMetadata> List<T> list(Class<T> type, String namespace);

    /**
     * One page of those that a selector picks, in the order of their namespaces and names.
     *
     * @param namespace empty for all
     * @param most objects in the page
     * @param next empty for the first page, then what the page before said
     */
    <T extends HasMetadata> Page<T> page(Class<T> type, String namespace, FieldSelector fields, int most, String next);

    /** The first of those that a selector picks, in the order of their namespaces and names. @param most of them, and of one page */
    default <T extends HasMetadata> List<T> first(Class<T> type, String namespace, FieldSelector fields, int most) {
        var found = new ArrayList<T>();
        var next = "";
        do {
            var page = page(type, namespace, fields, most, next);
            found.addAll(page.items());
            next = page.next();
        } while (!next.isEmpty() && found.size() < most);
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }

    /** Of a type that is known only by name, and may not be installed: then there are none. */
    List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace);

    /** How many there are; a real API server tells without sending them. @param namespace never empty */
    default <T extends HasMetadata> long count(Class<T> type, String namespace) {
        return list(type, namespace).size();
    }

    /**
     * One page of the pods of a namespace, each as the bytes of its JSON.
     *
     * @param namespace empty for all
     * @param next empty for the first page, then what the page before said
     */
    PodPage podPage(String namespace, String next);

    /** Those that bear all of these labels; the API server picks them out. @param namespace empty for a cluster-scoped type only */
    <T extends HasMetadata> List<T> list(Class<T> type, String namespace, Map<String, String> labels);

    /** What pods use now; none where the cluster has no resource metrics API. */
    List<PodMetrics> podMetrics(String namespace, Map<String, String> labels);

    /** Of the API server that answers now. */
    KubernetesVersion version();

    /** The core/v1 Events about one object, oldest first. */
    List<Event> eventsAbout(ObjectRef object);

    /** The text as the kubelet gives it; empty where there is none. */
    String log(ContainerLog which);
}
