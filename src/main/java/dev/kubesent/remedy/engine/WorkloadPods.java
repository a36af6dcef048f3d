package dev.kubesent.remedy.engine;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.change.RevisionRef;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.MatchLabels;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Readiness;
import dev.kubesent.cluster.Selection;
import dev.kubesent.evidence.revision.KeptRevision;
import dev.kubesent.evidence.revision.Revisions;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The pods of one workload that are not on their way out, by who controls them; shown one at a time, and never kept. Of a large workload some are
 * looked at: the first by name, of its newest revision, and all only when that decides something (docs/decisions/0040).
 */
public record WorkloadPods(ClusterReader reader, GenericKubernetesResource workload, Revisions revisions) {

    /** Pods of one look: three pages, and half a second. */
    private static final int SOME = 1_000;

    /** Pods of the look that ends a watch. Kubernetes itself is built for 150,000 in a cluster, and 110 on a node. */
    private static final int MOST = 15_000;

    /** Pods that one act deletes. What is left comes with its next event. */
    private static final int STUCK = 100;

    /** By which a controller knows the pods of one revision: a Deployment; StatefulSet and DaemonSet. */
    private static final List<String> REVISION_LABELS = List.of("pod-template-hash", "controller-revision-hash");

    public static WorkloadPods of(ClusterReader reader, GenericKubernetesResource workload) {
        return new WorkloadPods(reader, workload, Revisions.of(reader, workload));
    }

    public WorkloadSize size() {
        return new WorkloadSize(workload);
    }

    public long wanted() {
        return size().wanted();
    }

    /** How those do that run with a change. @param which of all that the workload controls */
    public Survival judged(Predicate<Pod> which, long wanted, Watch watch, Fault cured) {
        if (size().pods() <= SOME) {
            return judged(Map.of(), which, wanted, watch, cured);
        }
        return size().isSeen()
                ? judged(ofNewest(), which, wanted, watch, cured)
                : watch.judge(new Tally(watch, cured), wanted, Extent.WHOLE);
    }

    /** How those of one revision do. */
    public Survival judged(RevisionRef revision, long wanted, Watch watch, Fault cured) {
        return judged(revisions.labels(revision.hash()), pod -> isOf(revision, pod), wanted, watch, cured);
    }

    private Survival judged(Map<String, String> labels, Predicate<Pod> which, long wanted, Watch watch, Fault cured) {
        var tally = new Tally(watch, cured);
        var extent = look(labels, SOME, which, tally);
        // One that is not in the sample can fail and come back: its failure is news for so long, and a look at all must
        // come before that.
        var mayAllLive =
                tally.areAllAlive() || watch.isOver() || watch.mustLive().compareTo(Failures.NEWS_FOR) >= 0;
        if (extent.isWhole() || tally.failing().isPresent() || !mayEnd(watch) || !mayAllLive) {
            return watch.judge(tally, wanted, extent);
        }
        var all = new Tally(watch, cured);
        return watch.judge(all, wanted, look(labels, MOST, which, all));
    }

    /** What was changed last made it. */
    private Map<String, String> ofNewest() {
        return revisions
                .newest()
                .or(() -> KeptRevision.all(reader, workload).stream()
                        .max(Comparator.comparingLong(KeptRevision::number))
                        .map(KeptRevision::hash))
                .map(revisions::labels)
                .orElse(Map.of());
    }

    /** Whether a look at all is worth its while: the time is over, or its controller has everything ready. */
    private boolean mayEnd(Watch watch) {
        return watch.isOver() || size().isRolledOut();
    }

    /** How those of one revision are: all of them, where that may end the watch. */
    public Glimpses glimpses(RevisionRef revision, Watch watch) {
        var glimpses = new Glimpses(watch);
        var labels = revisions.labels(revision.hash());
        var extent = look(labels, mayEnd(watch) ? MOST : SOME, pod -> isOf(revision, pod), glimpses);
        return glimpses.seen(extent);
    }

    private boolean isOf(RevisionRef revision, Pod pod) {
        return revisions.isOf(pod, revision.hash());
    }

    /** Whether there are others than those; where that cannot be told, there are. */
    public boolean hasOther(Predicate<Pod> these) {
        if (size().pods() > SOME && !size().isRolledOut()) {
            return true;
        }
        return has(these.negate());
    }

    public boolean hasOtherThan(RevisionRef revision) {
        return hasOther(pod -> isOf(revision, pod));
    }

    /** Whether there are such; where that cannot be told, there are. */
    public boolean has(Predicate<Pod> which) {
        var found = new ArrayList<String>();
        var extent = look(Map.of(), MOST, which, pod -> {
            if (found.isEmpty()) {
                found.add(pod.getMetadata().getName());
            }
        });
        return !found.isEmpty() || !extent.isWhole();
    }

    /** How many of a revision there are, in words; empty where there is none. */
    public Optional<String> count(RevisionRef revision) {
        var count = new AtomicInteger();
        var extent =
                look(revisions.labels(revision.hash()), SOME, pod -> isOf(revision, pod), _ -> count.incrementAndGet());
        return extent.isWhole()
                ? Optional.of(count.toString()).filter(_ -> count.get() > 0)
                : Optional.of("more than " + count);
    }

    /** The first of those that are not ready, for their controller to make them anew. */
    public List<ObjectRef> stuck(Predicate<Pod> which) {
        return failing(pod -> !Readiness.of(pod) && which.test(pod));
    }

    public List<ObjectRef> stuck(RevisionRef revision) {
        return failing(revisions.labels(revision.hash()), pod -> !Readiness.of(pod) && isOf(revision, pod));
    }

    public List<ObjectRef> failing(Predicate<Pod> which) {
        return failing(Map.of(), which);
    }

    private List<ObjectRef> failing(Map<String, String> labels, Predicate<Pod> which) {
        var stuck = new ArrayList<ObjectRef>();
        look(labels, SOME, which, pod -> {
            if (stuck.size() < STUCK) {
                stuck.add(ObjectRef.of(pod));
            }
        });
        return List.copyOf(stuck);
    }

    private Extent look(Map<String, String> labels, int most, Predicate<Pod> which, Consumer<Pod> visitor) {
        var selected = new HashMap<>(MatchLabels.of(workload));
        selected.putAll(labels);
        return reader.each(
                Pod.class,
                Selection.of(workload.getMetadata().getNamespace()).labelled(selected),
                Bound.of(most),
                pod -> {
                    if (!LivePod.isTerminating(pod) && revisions.hasMade(pod) && which.test(pod)) {
                        visitor.accept(pod);
                    }
                });
    }

    /** Of a pod whose controller is known already. */
    public static boolean bearsLabelOf(Pod pod, RevisionRef revision) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        return REVISION_LABELS.stream().anyMatch(label -> revision.hash().equals(labels.get(label)));
    }

    /** Whether its pods are replaced only when somebody deletes them. */
    public boolean isOnDelete() {
        return "OnDelete".equals(workload.<Object>get("spec", "updateStrategy", "type"));
    }
}
