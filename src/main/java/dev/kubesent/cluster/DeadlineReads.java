package dev.kubesent.cluster;

import dev.kubesent.cluster.ClusterException.Kind;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Begins no read after a deadline, and says so as an API server that gives no answer would. What has begun ends by the client's own
 * time-out, so the whole lasts one read longer at most; a list is
 * one read, however many pages it has.
 */
public record DeadlineReads(ClusterReader real, Instant deadline, Clock clock) implements ClusterReader {

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
        return inTime(() -> real.get(type, namespace, name));
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        return inTime(() -> real.get(ref));
    }

    @Override
    public <T extends HasMetadata> Extent each(
            Class<T> type, Selection which, Bound most, Consumer<? super T> visitor) {
        return inTime(() -> real.each(type, which, most, visitor));
    }

    @Override
    public <T extends HasMetadata> Page<T> page(
            Class<T> type, String namespace, FieldSelector fields, int most, String next) {
        return inTime(() -> real.page(type, namespace, fields, most, next));
    }

    @Override
    public List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace) {
        return inTime(() -> real.list(apiVersion, kind, namespace));
    }

    @Override
    public KubernetesVersion version() {
        return inTime(real::version);
    }

    @Override
    public <T extends HasMetadata> long count(Class<T> type, String namespace) {
        return inTime(() -> real.count(type, namespace));
    }

    @Override
    public PodPage podPage(String namespace, String next, Predicate<byte[]> wanted) {
        return inTime(() -> real.podPage(namespace, next, wanted));
    }

    @Override
    public Extent podMetrics(Selection which, Bound most, Consumer<? super PodMetrics> visitor) {
        return inTime(() -> real.podMetrics(which, most, visitor));
    }

    @Override
    public List<Event> eventsAbout(ObjectRef object) {
        return inTime(() -> real.eventsAbout(object));
    }

    @Override
    public String log(ContainerLog which) {
        return inTime(() -> real.log(which));
    }

    @Override
    public <T> Supplier<T> begin(Supplier<T> read) {
        return real.begin(read);
    }

    private <T> T inTime(Supplier<T> read) {
        if (clock.instant().isAfter(deadline)) {
            throw new ClusterException(Kind.UNREACHABLE, "no time left to read it: the API server is slow");
        }
        return read.get();
    }
}
