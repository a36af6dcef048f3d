package dev.kubesent.evidence;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Page;
import dev.kubesent.cluster.PodPage;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.time.Recent;
import dev.kubesent.time.Skew;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster for diagnoses. Of a namespace in which several workloads fail at once, their controllers are read at once, and for some seconds each
 * is answered from that. What is not among them is asked for as ever, as is everything else: that something is gone is never said from memory. What
 * a change rests on is not read through it. Safe for several threads.
 */
final class SharedOwners implements ClusterReader {

    private static final Logger LOG = LoggerFactory.getLogger(SharedOwners.class);

    /** A quarter of what may pass between a look at a pod and its diagnosis (pipeline.NextStep). A loaded API server takes ten seconds for fifty looks. */
    private static final Duration REMEMBERED = Duration.ofSeconds(15);

    /** So long several are expected: what waits for a place for longer is read anew. */
    private static final Duration EXPECTED = Duration.ofMinutes(1);

    /** Afterwards what was put together from a list may still be under way. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(5);

    /**
     * What a pod was made from is older than the pod. One that may be younger than the list is not judged by it: it may be of a revision, an ordinal or a
     * change of ours that the list does not know. With the most that two clocks may differ by.
     */
    private static final Duration YOUNG = REMEMBERED.plus(Skew.MOST);

    /** Namespaces that are shared at a time; in a wider outage all others are read one by one. */
    private static final int SHARED = 4;

    /** Of four kinds in each. */
    private static final int LISTS = 16;

    private static final int NAMESPACES = 1_000;

    private record Place(String namespace, WorkloadKind kind) {}

    private final ClusterReader real;
    private final Clock clock;
    private final Recent<String, Boolean> expected;
    private final Recent<String, Boolean> lately;
    private final Recent<Place, OwnerList> lists;
    private final Recent<Place, Boolean> tooMany;

    /** Being read; no more than there are threads. */
    private final Map<Place, CompletableFuture<Optional<OwnerList>>> underWay = new ConcurrentHashMap<>();

    SharedOwners(ClusterReader real, Clock clock) {
        this.real = real;
        this.clock = clock;
        this.expected = new Recent<>(SHARED, clock);
        this.lately = new Recent<>(NAMESPACES, clock);
        this.lists = new Recent<>(LISTS, clock);
        this.tooMany = new Recent<>(NAMESPACES, clock);
    }

    /** Several workloads of this namespace are about to be looked at. */
    void expectSeveral(String namespace) {
        expected.put(namespace, true, EXPECTED);
        lately.put(namespace, true, UNDER_WAY);
    }

    /** The cluster as what concerns this pod is read from it. */
    ClusterReader of(Pod pod) {
        var created = pod.getMetadata().getCreationTimestamp();
        return created != null && Instant.parse(created).plus(YOUNG).isBefore(clock.instant()) ? this : real;
    }

    /** Whether what is being judged may rest on a list. */
    boolean hasSharedLately(String namespace) {
        return lately.get(namespace).isPresent();
    }

    /** Whether that was said a moment ago: something may have been answered from memory. */
    boolean expectsSeveral(String namespace) {
        return expected.get(namespace).isPresent();
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        return place(ref).flatMap(this::list).flatMap(all -> all.find(ref)).or(() -> real.get(ref));
    }

    /** Of a list that is there; none is read for it. */
    @Override
    public <T extends HasMetadata> Extent each(
            Class<T> type, Selection which, Bound most, Consumer<? super T> visitor) {
        var known = WorkloadKind.ofName(HasMetadata.getKind(type))
                .filter(kind -> kind.apiVersion().equals(HasMetadata.getApiVersion(type)))
                .filter(_ -> which.fields().equals(FieldSelector.ALL) && expectsSeveral(which.namespace()))
                .flatMap(kind -> lists.get(new Place(which.namespace(), kind)))
                .map(all -> all.labelled(which.labels()))
                .filter(found -> found.size() <= most.objects());
        if (known.isEmpty()) {
            return real.each(type, which, most, visitor);
        }
        known.get().forEach(one -> visitor.accept(one.as(type)));
        return Extent.WHOLE;
    }

    private Optional<Place> place(ObjectRef ref) {
        return WorkloadKind.of(ref)
                .filter(SharedOwners::isShared)
                .map(kind -> new Place(ref.namespace(), kind))
                .filter(place -> expectsSeveral(place.namespace()));
    }

    /** Those that a namespace has few of; it may have thousands of Jobs. */
    private static boolean isShared(WorkloadKind kind) {
        return switch (kind) {
            case DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET -> true;
            case POD, REPLICATION_CONTROLLER, JOB, CRON_JOB, KNATIVE_REVISION, KNATIVE_CONFIGURATION, KNATIVE_SERVICE ->
                false;
        };
    }

    /** Empty where there are too many, or they cannot be listed: then each is asked for. */
    private Optional<OwnerList> list(Place place) {
        var known = lists.get(place);
        return known.isPresent() || tooMany.get(place).isPresent() ? known : read(place);
    }

    /** Who comes while it is read waits for that, at most as long as one list may take, and reads none of its own. */
    private Optional<OwnerList> read(Place place) {
        var ours = new CompletableFuture<Optional<OwnerList>>();
        var theirs = underWay.putIfAbsent(place, ours);
        return theirs == null ? read(place, ours) : theirs.join();
    }

    private Optional<OwnerList> read(Place place, CompletableFuture<Optional<OwnerList>> others) {
        try {
            var known = lists.get(place); // somebody may have been done a moment ago
            var found = known.isPresent() ? known : listed(place);
            others.complete(found);
            return found;
        } finally {
            underWay.remove(place);
            others.complete(Optional.empty()); // where it failed: each asks for its own
        }
    }

    private Optional<OwnerList> listed(Place place) {
        try {
            var kind = place.kind();
            var all = OwnerList.of(kind, real.list(kind.apiVersion(), kind.kind(), place.namespace()));
            lists.put(place, all, REMEMBERED);
            return Optional.of(all);
        } catch (ClusterException e) {
            LOG.debug("{} of {} are read one by one: {}", place.kind(), place.namespace(), e.getMessage());
            tooMany.put(place, true, EXPECTED);
            return Optional.empty();
        }
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
        return real.get(type, namespace, name);
    }

    @Override
    public <T extends HasMetadata> Page<T> page(
            Class<T> type, String namespace, FieldSelector fields, int most, String next) {
        return real.page(type, namespace, fields, most, next);
    }

    @Override
    public List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace) {
        return real.list(apiVersion, kind, namespace);
    }

    @Override
    public <T extends HasMetadata> long count(Class<T> type, String namespace) {
        return real.count(type, namespace);
    }

    @Override
    public PodPage podPage(String namespace, String next, Predicate<byte[]> wanted) {
        return real.podPage(namespace, next, wanted);
    }

    @Override
    public Extent podMetrics(Selection which, Bound most, Consumer<? super PodMetrics> visitor) {
        return real.podMetrics(which, most, visitor);
    }

    @Override
    public KubernetesVersion version() {
        return real.version();
    }

    @Override
    public List<Event> eventsAbout(ObjectRef object) {
        return real.eventsAbout(object);
    }

    @Override
    public String log(ContainerLog which) {
        return real.log(which);
    }

    @Override
    public <T> Supplier<T> begin(Supplier<T> read) {
        return real.begin(read);
    }
}
