package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.gate.Change.MemoryRaise;
import dev.kubesent.gate.Change.PodReplacement;
import dev.kubesent.gate.Plan;
import dev.kubesent.gate.RefusalReason;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes a bare pod whose container is down, and creates it again with more memory: resizing a container that is down
 * does not help on many kubelets (kubernetes/kubernetes#138760). Between the two calls the pod exists only in the
 * incident's intent, which is written before the first.
 */
final class ReplacePod implements Remedy<PodReplacement> {

    /** On the new pod: the uid of the one it stands for. It tells our pod from one that somebody else made meanwhile. */
    static final String REPLACES = "kubesent.dev/replaces";

    /** What the kubelet needs beyond the grace period to tear a pod down. */
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(15);

    /** Well below the incident's lease. A pod that takes longer is waited for by whoever comes next. */
    private static final Duration WAIT_AT_MOST = Duration.ofSeconds(75);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final Pause pause;

    ReplacePod(ClusterReader reader, ClusterWriter writer, Pause pause) {
        this.reader = reader;
        this.writer = writer;
        this.pause = pause;
    }

    @Override
    public Plan describe(Evidence evidence) {
        var obstacle = PodManifest.whyNotReplaceable(evidence.pod());
        if (obstacle.isPresent()) {
            return Remedies.nothing(RefusalReason.NO_REMEDY_FITS, obstacle.get());
        }
        var name = evidence.failure().subject().container();
        var resources = ContainerResources.inPod(evidence.pod(), name);
        var limit = resources.flatMap(ContainerResources::limit);
        if (limit.isEmpty()) {
            return Remedies.nothing(RefusalReason.NO_REMEDY_FITS, "the container has no memory limit");
        }
        var raise =
                new MemoryRaise(name, limit.get(), Sizing.next(limit.get(), evidence), Remedies.isGuaranteed(evidence));
        var operations = resources.orElseThrow().raise(raise);
        return new Plan.Planned(new PodReplacement(
                ObjectRef.of(evidence.pod()),
                raise,
                operations,
                PodManifest.successor(evidence.pod(), operations, REPLACES)));
    }

    @Override
    public Progress progress(PodReplacement change) {
        return live(change)
                .map(pod -> {
                    if (!isOld(pod, change)) {
                        return isOurs(pod, change) ? Progress.UNDERWAY : Progress.OVERTAKEN;
                    }
                    return pod.getMetadata().getDeletionTimestamp() == null ? Progress.UNTOUCHED : Progress.UNDERWAY;
                })
                .orElse(Progress.UNDERWAY);
    }

    @Override
    public Outcome apply(PodReplacement change) {
        var old = live(change).filter(pod -> isOld(pod, change));
        if (old.isPresent()) {
            try {
                if (old.get().getMetadata().getDeletionTimestamp() == null) {
                    Remedies.deleteOnce(writer, change.target());
                }
            } catch (ClusterException e) {
                return Remedies.refused(e);
            }
            if (!isGone(change)) {
                return new Outcome.Waiting(change.target().display() + " is still shutting down");
            }
        }
        return create(change);
    }

    private Outcome create(PodReplacement change) {
        try {
            writer.create(change.manifest());
        } catch (ClusterException e) {
            if (e.kind() != Kind.ALREADY_EXISTS) {
                return Remedies.refused(e);
            }
        }
        return live(change)
                .map(pod -> isOurs(pod, change)
                        ? new Outcome.Applied("%s was created again with a memory limit of %s"
                                .formatted(
                                        change.target().display(),
                                        change.raise().to()))
                        : new Outcome.Superseded(
                                "somebody else created " + change.target().display()))
                .orElseGet(() -> new Outcome.Superseded(change.target().display() + " was deleted by somebody else"));
    }

    private boolean isGone(PodReplacement change) {
        var grace = Objects.requireNonNullElse(
                change.manifest().getSpec().getTerminationGracePeriodSeconds(), DEFAULT_GRACE_SECONDS);
        var wanted = Duration.ofSeconds(grace).plus(BEYOND_GRACE);
        var wait = wanted.compareTo(WAIT_AT_MOST) < 0 ? wanted : WAIT_AT_MOST;
        for (var waited = Duration.ZERO; waited.compareTo(wait) <= 0; waited = waited.plus(LOOK_EVERY)) {
            if (live(change).filter(pod -> isOld(pod, change)).isEmpty()) {
                return true;
            }
            pause.pause(LOOK_EVERY);
        }
        return false;
    }

    private Optional<Pod> live(PodReplacement change) {
        return reader.get(
                Pod.class, change.target().namespace(), change.target().name());
    }

    private static boolean isOld(Pod pod, PodReplacement change) {
        return change.target().uid().equals(pod.getMetadata().getUid());
    }

    private static boolean isOurs(Pod pod, PodReplacement change) {
        var annotations = Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of());
        return change.target().uid().equals(annotations.get(REPLACES));
    }
}
