package dev.kubesent.gate.bounds;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.incident.IncidentFields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads which workloads fail together, as their incidents tell: a few small pages, and never all. What is beyond that could only make
 * a storm of what is one already, but for a namespace that has hundreds of incidents of a handful of workloads.
 */
public final class FailingTogether {

    /** The kubelet's longest back-off between two restarts is five minutes. */
    private static final Duration TOGETHER = Duration.ofMinutes(6);

    /** What has failed for longer is nobody's news, and no reason to leave the others alone. */
    private static final Duration CHRONIC = Duration.ofHours(24);

    /** Incidents in one page: some 3 KB each. */
    private static final int PAGE = 25;

    /** Pages of one namespace at the least; more where a storm is many. */
    private static final int PAGES = 4;

    /** Pages of the others. After each the namespaces on it are known well enough, and are left out of the next. */
    private static final int ROUNDS = 4;

    private static final String NAMESPACE = "metadata.namespace";

    private final ClusterReader cluster;
    private final Clock clock;

    FailingTogether(ClusterReader cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** @param enough workloads of one namespace: more are not looked for */
    Set<String> in(String namespace, int enough) {
        var found = new HashSet<String>();
        for (var fields : failing()) {
            var next = "";
            for (int page = 0; page < Math.max(PAGES, enough / PAGE + 1) && found.size() < enough; page++) {
                var incidents = cluster.page(Incident.class, namespace, fields, PAGE, next);
                workloads(incidents.items()).forEach((_, workloads) -> found.addAll(workloads));
                next = incidents.next();
                if (incidents.isLast()) {
                    break;
                }
            }
        }
        return found;
    }

    /** By namespace. @param namespace that is left out */
    Map<String, Set<String>> outside(String namespace) {
        var found = new HashMap<String, Set<String>>();
        for (var span : failing()) {
            var fields = span.andNot(NAMESPACE, namespace);
            for (int round = 0; round < ROUNDS; round++) {
                var page = cluster.readable(Incident.class, "", fields, PAGE);
                var workloads = workloads(page);
                workloads.forEach((where, names) ->
                        found.computeIfAbsent(where, _ -> new HashSet<>()).addAll(names));
                if (page.size() < PAGE) {
                    break;
                }
                fields = without(fields, page);
            }
        }
        return found;
    }

    private List<FieldSelector> failing() {
        return IncidentFields.failingSince(clock.instant().minus(TOGETHER), clock.instant());
    }

    private static FieldSelector without(FieldSelector fields, List<Incident> seen) {
        var less = fields;
        for (var namespace : Set.copyOf(seen.stream()
                .map(incident -> incident.getMetadata().getNamespace())
                .toList())) {
            less = less.andNot(NAMESPACE, namespace);
        }
        return less;
    }

    private Map<String, Set<String>> workloads(List<Incident> incidents) {
        var found = new HashMap<String, Set<String>>();
        incidents.stream()
                .filter(this::failsNow)
                .forEach(
                        incident -> found.computeIfAbsent(incident.getMetadata().getNamespace(), _ -> new HashSet<>())
                                .add(incident.progress().workload()));
        return found;
    }

    /** The fields that it was found by say when only roughly. */
    private boolean failsNow(Incident incident) {
        var status = incident.progress();
        return status.seen() != null
                && !status.workload().isEmpty()
                && within(TOGETHER, status.seen().last())
                && within(CHRONIC, status.seen().first());
    }

    /** Whoever may write a status may leave its times out. */
    private boolean within(Duration window, @Nullable Instant time) {
        return time != null && time.plus(window).isAfter(clock.instant());
    }
}
