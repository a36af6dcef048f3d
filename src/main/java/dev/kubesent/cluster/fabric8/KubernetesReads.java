package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Page;
import dev.kubesent.cluster.PodPage;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** {@link ClusterReader} on a real API server. */
public final class KubernetesReads implements ClusterReader {

    /** Objects in one page of a list, as kubectl asks for them. */
    private static final long PAGE = 500;

    /** Pods in one page: each may have 1.5 MB (etcd's limit for an object), and a page is in the heap twice. */
    private static final long PODS_PAGE = 25;

    private final KubernetesClient client;
    private final ApiRequests api;

    public KubernetesReads(KubernetesClient client) {
        this.client = client;
        this.api = new ApiRequests(client);
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
        return found(() -> namespace.isEmpty()
                ? client.resources(type).withName(name).get()
                : client.resources(type).inNamespace(namespace).withName(name).get());
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        Optional<GenericKubernetesResource> live = found(() -> {
            var resources = client.genericKubernetesResources(ref.apiVersion(), ref.kind());
            return ref.namespace().isEmpty()
                    ? resources.withName(ref.name()).get()
                    : resources
                            .inNamespace(ref.namespace())
                            .withName(ref.name())
                            .get();
        });
        return live.filter(
                o -> ref.uid().isEmpty() || ref.uid().equals(o.getMetadata().getUid()));
    }

    @Override
    public KubernetesVersion version() {
        var told = answered(client::getKubernetesVersion);
        return KubernetesVersion.parse(told.getMajor(), told.getMinor());
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
        return paged(listed(type, namespace));
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type, String namespace, Map<String, String> labels) {
        var resources = client.resources(type);
        return paged(
                namespace.isEmpty()
                        ? resources.withLabels(labels)
                        : resources.inNamespace(namespace).withLabels(labels));
    }

    @Override
    public <T extends HasMetadata> Page<T> page(
            Class<T> type, String namespace, FieldSelector fields, int most, String next) {
        return new PickedList<T>(listed(type, namespace), fields).page(most, next);
    }

    private static <T extends HasMetadata> List<T> paged(Listable<? extends KubernetesResourceList<T>> listed) {
        return answered(() -> {
            var all = new ArrayList<T>();
            var next = "";
            do {
                var page = listed.list(new ListOptionsBuilder()
                        .withLimit(PAGE)
                        .withContinue(next)
                        .build());
                all.addAll(page.getItems());
                next = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
            } while (!next.isEmpty());
            return List.copyOf(all);
        });
    }

    private <T extends HasMetadata> Listable<? extends KubernetesResourceList<T>> listed(
            Class<T> type, String namespace) {
        var resources = client.resources(type);
        return namespace.isEmpty() ? resources.inAnyNamespace() : resources.inNamespace(namespace);
    }

    @Override
    public List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace) {
        var type = new ResourceDefinitionContext.Builder()
                .withGroup(apiVersion.substring(0, apiVersion.indexOf('/')))
                .withVersion(apiVersion.substring(apiVersion.indexOf('/') + 1))
                .withKind(kind)
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
        return found(() -> client.genericKubernetesResources(type)
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .orElse(List.of());
    }

    @Override
    public <T extends HasMetadata> long count(Class<T> type, String namespace) {
        return answered(() -> {
            var first = listed(type, namespace)
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            var more = first.getMetadata().getRemainingItemCount();
            return first.getItems().size() + (more == null ? 0 : more);
        });
    }

    @Override
    public PodPage podPage(String namespace, String next) {
        var where = namespace.isEmpty() ? "" : "namespaces/" + namespace + "/";
        return PodList.cut(api.get("/api/v1/%spods?limit=%d&continue=%s"
                .formatted(where, PODS_PAGE, URLEncoder.encode(next, StandardCharsets.UTF_8))));
    }

    @Override
    public List<PodMetrics> podMetrics(String namespace, Map<String, String> labels) {
        return found(() -> client.top()
                        .pods()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .metrics()
                        .getItems())
                .orElse(List.of());
    }

    @Override
    public List<Event> eventsAbout(ObjectRef object) {
        // Events about a cluster-scoped object, such as a node, are written to the namespace "default".
        var namespace = object.namespace().isEmpty() ? "default" : object.namespace();
        return answered(() -> client
                .v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.name", object.name())
                .withField("involvedObject.kind", object.kind())
                .list()
                .getItems()
                .stream()
                .sorted(Comparator.comparing(KubernetesReads::when))
                .toList());
    }

    /** Not fabric8's getLog(), which first lists and watches the pod until it is ready: a failing one is not. */
    @Override
    public String log(ContainerLog which) {
        var previous = switch (which.run()) {
            case PREVIOUS -> true;
            case CURRENT -> false;
        };
        return found(() -> new String(
                        api.get("/api/v1/namespaces/%s/pods/%s/log?container=%s&previous=%s&tailLines=%d"
                                .formatted(which.namespace(), which.pod(), which.container(), previous, which.lines())),
                        StandardCharsets.UTF_8))
                .orElse("");
    }

    private static String when(Event event) {
        if (event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
            return event.getSeries().getLastObservedTime().getTime();
        }
        if (event.getLastTimestamp() != null) {
            return event.getLastTimestamp();
        }
        if (event.getEventTime() != null && event.getEventTime().getTime() != null) {
            return event.getEventTime().getTime();
        }
        return Objects.requireNonNullElse(event.getMetadata().getCreationTimestamp(), "");
    }

    private static <T> Optional<T> found(Supplier<T> call) {
        try {
            return Optional.ofNullable(answered(call));
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw Refusals.of(e);
        }
    }
}
