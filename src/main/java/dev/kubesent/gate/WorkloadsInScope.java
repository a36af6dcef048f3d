package dev.kubesent.gate;

import dev.kubesent.cluster.ClusterReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many workloads there are in the namespaces that opted in. Bare pods and Jobs cannot be counted without reading them all. */
final class WorkloadsInScope {

    /** Four reads a namespace: how many there are changes slowly. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(5);

    private static final Map<String, String> OPTED_IN = Map.of("kubesent.dev/heal", "enabled");

    private static final List<Class<? extends HasMetadata>> COUNTED =
            List.of(Deployment.class, StatefulSet.class, DaemonSet.class, CronJob.class);

    private static final Set<String> KINDS =
            COUNTED.stream().map(HasMetadata::getKind).collect(Collectors.toSet());

    private final ClusterReader cluster;
    private final Clock clock;
    private volatile Known known = new Known("", 0, Instant.EPOCH);

    WorkloadsInScope(ClusterReader cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    private record Known(String namespace, long count, Instant until) {}

    /** @param workload as {@code Deployment/web} */
    static boolean counts(String workload) {
        return KINDS.contains(workload.substring(0, Math.max(0, workload.indexOf('/'))));
    }

    /** @param namespace that counts whatever its labels say @param enough where counting may stop */
    long count(String namespace, long enough) {
        var last = known;
        if (last.namespace().equals(namespace) && last.until().isAfter(clock.instant())) {
            return last.count();
        }
        long all = 0;
        for (var each : namespaces(namespace)) {
            all += COUNTED.stream().mapToLong(type -> cluster.count(type, each)).sum();
            if (all >= enough) {
                break;
            }
        }
        known = new Known(namespace, all, clock.instant().plus(KNOWN_FOR));
        return all;
    }

    private List<String> namespaces(String namespace) {
        var optedIn = cluster.list(Namespace.class, "", OPTED_IN).stream()
                .map(one -> one.getMetadata().getName());
        return Stream.concat(Stream.of(namespace), optedIn).distinct().toList();
    }
}
