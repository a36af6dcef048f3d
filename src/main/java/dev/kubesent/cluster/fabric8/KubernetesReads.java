package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** {@link ClusterReader} on a real API server. */
public final class KubernetesReads implements ClusterReader {

    private final KubernetesClient client;

    public KubernetesReads(KubernetesClient client) {
        this.client = client;
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
    public <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
        return answered(() -> namespace.isEmpty()
                ? client.resources(type).inAnyNamespace().list().getItems()
                : client.resources(type).inNamespace(namespace).list().getItems());
    }

    @Override
    public List<Pod> pods(String namespace, Map<String, String> labels) {
        return answered(() ->
                client.pods().inNamespace(namespace).withLabels(labels).list().getItems());
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

    @Override
    public String log(ContainerLog which) {
        return found(() -> {
                    var container = client.pods()
                            .inNamespace(which.namespace())
                            .withName(which.pod())
                            .inContainer(which.container());
                    return switch (which.run()) {
                        case PREVIOUS ->
                            container.terminated().tailingLines(which.lines()).getLog();
                        case CURRENT -> container.tailingLines(which.lines()).getLog();
                    };
                })
                .orElse("");
    }

    private static String when(Event event) {
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
