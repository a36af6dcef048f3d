package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.ObjectRef;
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

    private final KubernetesClient client;
    private final ApiRequests api;

    public KubernetesReads(KubernetesClient client) {
        this.client = client;
        this.api = new ApiRequests(client);
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
        return found(() -> {
            var all = client.resources(type);
            return (namespace.isEmpty() ? Located.named(all, name) : Located.named(Located.in(all, namespace), name))
                    .get();
        });
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        Optional<GenericKubernetesResource> live = found(() -> {
            Name.called(ref.name()); // before fabric8 asks the API server for the resource name of the kind
            var all = client.genericKubernetesResources(Located.apiVersion(ref.apiVersion()), Located.kind(ref.kind()));
            return (ref.namespace().isEmpty()
                            ? Located.named(all, ref.name())
                            : Located.named(Located.in(all, ref.namespace()), ref.name()))
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
        return paged(Located.in(client.resources(type), namespace).withLabels(Located.labels(labels)));
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
        return namespace.isEmpty() ? resources.inAnyNamespace() : Located.in(resources, namespace);
    }

    @Override
    public List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace) {
        Located.apiVersion(apiVersion);
        var type = new ResourceDefinitionContext.Builder()
                .withGroup(apiVersion.substring(0, apiVersion.indexOf('/')))
                .withVersion(apiVersion.substring(apiVersion.indexOf('/') + 1))
                .withKind(Located.kind(kind))
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
        return found(() -> Located.in(client.genericKubernetesResources(type), namespace)
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
        var all = namespace.isEmpty() ? ApiPath.ofAll("v1", "pods") : ApiPath.of("v1", namespace, "pods");
        return PodList.cut(api.get(all.with("limit", PAGE).with("continue", next)));
    }

    @Override
    public List<PodMetrics> podMetrics(String namespace, Map<String, String> labels) {
        return found(() -> Located.in(client.top().pods(), namespace)
                        .withLabels(Located.labels(labels))
                        .metrics()
                        .getItems())
                .orElse(List.of());
    }

    @Override
    public List<Event> eventsAbout(ObjectRef object) {
        // Events about a cluster-scoped object, such as a node, are written to the namespace "default".
        var namespace = object.namespace().isEmpty() ? "default" : object.namespace();
        return answered(() -> Located.in(client.v1().events(), namespace)
                .withField("involvedObject.name", Name.called(object.name()).text())
                .withField("involvedObject.kind", Located.kind(object.kind()))
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
                        api.get(ApiPath.of("v1", which.namespace(), "pods")
                                .named(which.pod())
                                .sub("log")
                                .with("container", Name.label(which.container()))
                                .with("previous", previous)
                                .with("tailLines", which.lines())),
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
