package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.NewestEvents;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Page;
import dev.kubesent.cluster.PodPage;
import dev.kubesent.cluster.Selection;
import dev.kubesent.time.Ticks;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@link ClusterReader} on a real API server. */
public final class KubernetesReads implements ClusterReader {

    /** Bytes of a log; a line that is longer than 16 KB is cut into several by the runtime. */
    private static final int LONGEST_LOG = 1 << 20;

    private final KubernetesClient client;
    private final ApiRequests api;
    private final ObjectLists lists;
    private final PodPages pages;
    private final ReadsBeside beside = new ReadsBeside();
    private final Absence metrics = new Absence(Ticks.ofTheMachine());

    public KubernetesReads(KubernetesClient client) {
        this.client = client;
        this.api = new ApiRequests(client);
        this.lists = new ObjectLists(api);
        this.pages = new PodPages(api);
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
    public <T extends HasMetadata> Extent each(
            Class<T> type, Selection which, Bound most, Consumer<? super T> visitor) {
        var path = path(HasMetadata.getApiVersion(type), HasMetadata.getPlural(type), which.namespace());
        return lists.each(path, which, most, type, visitor);
    }

    @Override
    public <T extends HasMetadata> Page<T> page(
            Class<T> type, String namespace, FieldSelector fields, int most, String next) {
        return new PickedList<>(type, listed(type, namespace), () -> untyped(type, namespace), fields).page(most, next);
    }

    /** @param namespace empty for all */
    static ApiPath path(String apiVersion, String plural, String namespace) {
        return namespace.isEmpty() ? ApiPath.ofAll(apiVersion, plural) : ApiPath.of(apiVersion, namespace, plural);
    }

    @Override
    public List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace) {
        Located.kind(kind);
        var path = path(apiVersion, kind.toLowerCase(Locale.ROOT) + "s", namespace);
        var all = new ArrayList<GenericKubernetesResource>();
        var extent = installed(
                () -> lists.each(path, Selection.of(namespace), Bound.FEW, GenericKubernetesResource.class, all::add));
        if (!extent.isWhole()) {
            throw ClusterReader.tooMany(kind, namespace);
        }
        return List.copyOf(all);
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

    private <T extends HasMetadata> Listable<? extends KubernetesResourceList<T>> listed(
            Class<T> type, String namespace) {
        var resources = client.resources(type);
        return namespace.isEmpty() ? resources.inAnyNamespace() : Located.in(resources, namespace);
    }

    private Listable<? extends KubernetesResourceList<GenericKubernetesResource>> untyped(
            Class<? extends HasMetadata> type, String namespace) {
        var resources = client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(type));
        return namespace.isEmpty() ? resources.inAnyNamespace() : Located.in(resources, namespace);
    }

    @Override
    public PodPage podPage(String namespace, String next, Predicate<byte[]> wanted) {
        return pages.page(namespace, next, wanted);
    }

    /** Of what is not installed there is nothing. */
    private static Extent installed(Supplier<Extent> read) {
        return found(read).orElse(Extent.WHOLE);
    }

    @Override
    public Extent podMetrics(Selection which, Bound most, Consumer<? super PodMetrics> visitor) {
        var path = path("metrics.k8s.io/v1beta1", "pods", which.namespace());
        return metrics.unlessAbsent(() -> found(() -> lists.each(path, which, most, PodMetrics.class, visitor)));
    }

    @Override
    public List<Event> eventsAbout(ObjectRef object) {
        // Events about a cluster-scoped object, such as a node, are written to the namespace "default".
        var namespace = object.namespace().isEmpty() ? "default" : object.namespace();
        var newest = new NewestEvents();
        each(
                Event.class,
                Selection.of(namespace)
                        .where(FieldSelector.where(
                                        "involvedObject.name",
                                        Name.called(object.name()).text())
                                .and("involvedObject.kind", Located.kind(object.kind()))),
                Bound.of(NewestEvents.SEEN),
                newest);
        return newest.oldestFirst();
    }

    /**
     * Not fabric8's getLog(), which first lists and watches the pod until it is ready: a failing one is not. What is longer than the limit is cut by
     * the kubelet at its end, which matters most: then fewer lines are asked for.
     */
    @Override
    public String log(ContainerLog which) {
        return found(() -> new String(fitting(which), StandardCharsets.UTF_8)).orElse("");
    }

    private byte[] fitting(ContainerLog which) {
        for (int lines = which.lines(); ; lines = Math.max(1, lines / 8)) {
            var text = lines(which, lines);
            if (text.length < LONGEST_LOG || lines == 1) {
                return text;
            }
        }
    }

    private byte[] lines(ContainerLog which, int lines) {
        var previous = switch (which.run()) {
            case PREVIOUS -> true;
            case CURRENT -> false;
        };
        var path = ApiPath.of("v1", which.namespace(), "pods")
                .named(which.pod())
                .sub("log")
                .with("container", Name.label(which.container()))
                .with("previous", previous)
                .with("tailLines", lines)
                .with("limitBytes", LONGEST_LOG);
        try (var body = api.stream(path)) {
            return body.readNBytes(LONGEST_LOG);
        } catch (IOException e) {
            throw Refusals.unreachable(e);
        }
    }

    @Override
    public <T> Supplier<T> begin(Supplier<T> read) {
        return beside.begin(read);
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
