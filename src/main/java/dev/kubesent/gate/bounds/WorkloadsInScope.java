package dev.kubesent.gate.bounds;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How many workloads there are in the namespaces that opted in. Bare pods and Jobs cannot be counted without reading them all. */
public final class WorkloadsInScope {

    /** Four reads a namespace: how many there are changes slowly. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(5);

    private static final List<Class<? extends HasMetadata>> COUNTED =
            List.of(Deployment.class, StatefulSet.class, DaemonSet.class, CronJob.class);

    private static final Set<String> KINDS =
            COUNTED.stream().map(HasMetadata::getKind).collect(Collectors.toSet());

    private final ClusterReader cluster;
    private final Clock clock;
    private volatile Known known = new Known(Map.of(), Instant.EPOCH);

    WorkloadsInScope(ClusterReader cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** @param counts of the namespaces that opted in; of the first ones where there are enough */
    private record Known(Map<String, Long> counts, Instant until) {

        long sum() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** @param workload as {@code Deployment/web} */
    static boolean counts(String workload) {
        return KINDS.contains(workload.substring(0, Math.max(0, workload.indexOf('/'))));
    }

    /** @param namespace that counts whatever its labels say @param enough where counting may stop */
    long count(String namespace, long enough) {
        if (!known.until().isAfter(clock.instant())) {
            known = new Known(counts(enough), clock.instant().plus(KNOWN_FOR));
        }
        var last = known;
        return last.counts().containsKey(namespace) || last.sum() >= enough
                ? last.sum()
                : last.sum() + count(namespace);
    }

    /** Where not all namespaces were read, of those that were: fewer workloads make a storm sooner, which keeps the hands off. */
    private Map<String, Long> counts(long enough) {
        var counts = new HashMap<String, Long>();
        long all = 0;
        for (var namespace : NamespacesInScope.read(cluster).names()) {
            var own = count(namespace);
            counts.put(namespace, own);
            all += own;
            if (all >= enough) {
                break;
            }
        }
        return Map.copyOf(counts);
    }

    /** None where the label is there and no RoleBinding: nothing fails there that we know of, either. */
    private long count(String namespace) {
        try {
            var counts = COUNTED.stream()
                    .map(type -> cluster.begin(() -> cluster.count(type, namespace)))
                    .toList();
            return counts.stream().mapToLong(Supplier::get).sum();
        } catch (ClusterException e) {
            if (e.isForWantOfARight()) {
                return 0;
            }
            throw e;
        }
    }
}
