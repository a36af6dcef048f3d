package dev.kubesent.evidence.revision;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.MatchLabels;
import dev.kubesent.cluster.Readiness;
import dev.kubesent.cluster.Selection;
import dev.kubesent.failure.Failures;
import dev.kubesent.failure.Termination;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the pods of a workload do, by revision: each is looked at, and some forty bytes are kept of it. Of a workload of thousands not all are looked at;
 * what was not seen then is taken for what makes the hands stay off (docs/decisions/0040).
 */
public final class Census {

    /** Pods of the workload; where it has more, of the newest revision. */
    private static final int MOST = 2_000;

    /** Pods of each earlier revision, where the workload has more than can be looked at. */
    private static final int OF_EARLIER = 500;

    /** A pod that crashes is ready in between, where nothing probes it. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    /** What ran for longer than this has come to live, whatever ended it. */
    private static final Duration LIVED = Duration.ofMinutes(5);

    private final ClusterReader cluster;
    private final GenericKubernetesResource workload;
    private final Revisions revisions;
    private final Instant now;
    private final Map<String, List<Seen>> seen = new HashMap<>();
    private final Map<String, Extent> extents = new HashMap<>();

    /** Each name once: every pod that is read brings its own copy, of up to 253 characters. */
    private final Map<String, String> nodes = new HashMap<>();

    /** @param isSteady ready for long enough, and not failing @param hasLived in the run before this one */
    public record Seen(String node, boolean isReady, boolean isSteady, boolean isFailing, boolean hasLived) {}

    private Census(ClusterReader cluster, GenericKubernetesResource workload, Revisions revisions, Instant now) {
        this.cluster = cluster;
        this.workload = workload;
        this.revisions = revisions;
        this.now = now;
    }

    /** @param own hash of the revision that is looked at most closely */
    public static Census of(
            ClusterReader cluster,
            GenericKubernetesResource workload,
            List<KeptRevision> kept,
            String own,
            Instant now) {
        var census = new Census(cluster, workload, Revisions.of(workload, kept), now);
        if (!census.look(Map.of(), MOST).isWhole()) {
            var met = Set.copyOf(census.seen.keySet());
            census.seen.clear();
            kept.stream()
                    .filter(one -> one.hash().equals(own) || met.contains(one.hash()) || mayHavePods(one))
                    .forEach(one -> census.look(one, one.hash().equals(own) ? MOST : OF_EARLIER));
        }
        return census;
    }

    /** What its controller says it has none of, and none was met of, is not asked for. */
    private static boolean mayHavePods(KeptRevision kept) {
        return status(kept).filter(status -> number(status.getReplicas()) == 0).isEmpty();
    }

    private void look(KeptRevision kept, int most) {
        extents.put(kept.hash(), look(revisions.labels(kept.hash()), most));
    }

    private Extent look(Map<String, String> labels, int most) {
        var selected = new HashMap<>(MatchLabels.of(workload));
        selected.putAll(labels);
        var which = Selection.of(workload.getMetadata().getNamespace()).labelled(selected);
        return cluster.each(Pod.class, which, Bound.of(most), pod -> {
            if (pod.getMetadata().getDeletionTimestamp() == null) {
                revisions
                        .hash(pod)
                        .ifPresent(hash -> seen.computeIfAbsent(hash, _ -> new ArrayList<>())
                                .add(seen(pod)));
            }
        });
    }

    private Seen seen(Pod pod) {
        var isFailing = !Failures.of(pod, now).isEmpty();
        return new Seen(
                nodes.computeIfAbsent(Objects.requireNonNullElse(pod.getSpec().getNodeName(), ""), name -> name),
                Readiness.since(now, pod),
                !isFailing && Readiness.since(now.minus(STEADY), pod),
                isFailing,
                hasLived(pod));
    }

    /** Those of a revision that were looked at. */
    public List<Seen> pods(KeptRevision kept) {
        return seen.getOrDefault(kept.hash(), List.of());
    }

    /** Whether those are all of it. */
    public boolean isWhole(KeptRevision kept) {
        return extents.getOrDefault(kept.hash(), Extent.WHOLE).isWhole();
    }

    /** Of those that were not looked at one may fail, unless the controller counts all as ready; and as many are ready as it counts. */
    public Revision revision(KeptRevision kept) {
        var pods = pods(kept);
        var failing = (int) pods.stream().filter(Seen::isFailing).count();
        var ready = (int) pods.stream().filter(Seen::isReady).count();
        return new Revision(
                kept.name(),
                kept.hash(),
                kept.number(),
                kept.template(),
                (int) pods.stream().filter(Seen::isSteady).count(),
                isWhole(kept) ? ready : Math.max(ready, counted(kept)),
                isWhole(kept) || areAllReady(kept) ? failing : Math.max(1, failing));
    }

    private static boolean areAllReady(KeptRevision kept) {
        return status(kept)
                .filter(status -> number(status.getReplicas()) == number(status.getReadyReplicas()))
                .isPresent();
    }

    private static int counted(KeptRevision kept) {
        return status(kept).map(status -> number(status.getReadyReplicas())).orElse(0);
    }

    /** A ControllerRevision has none. */
    private static Optional<ReplicaSetStatus> status(KeptRevision kept) {
        return kept.object() instanceof ReplicaSet replicaSet
                ? Optional.ofNullable(replicaSet.getStatus())
                : Optional.empty();
    }

    private static int number(@Nullable Integer count) {
        return Objects.requireNonNullElse(count, 0);
    }

    /** Whether a container of it once ran for long: a DaemonSet keeps no word of that, nor does a Deployment before its rollout is complete. */
    private static boolean hasLived(Pod pod) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(status -> status.getContainerStatuses().stream())
                .flatMap(container -> Stream.ofNullable(container.getLastState()))
                .flatMap(state -> Stream.ofNullable(state.getTerminated()))
                .map(Termination::of)
                .flatMap(run -> run.lived().stream())
                .anyMatch(lived -> lived.compareTo(LIVED) > 0);
    }
}
