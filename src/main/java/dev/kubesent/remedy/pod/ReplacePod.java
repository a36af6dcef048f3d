package dev.kubesent.remedy.pod;

import dev.kubesent.action.Sizing;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Plan;
import dev.kubesent.change.PodReplacement;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failures;
import dev.kubesent.remedy.engine.Checkpoint;
import dev.kubesent.remedy.engine.ContainerResources;
import dev.kubesent.remedy.engine.LivePod;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Pause;
import dev.kubesent.remedy.engine.Progress;
import dev.kubesent.remedy.engine.Remedy;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes a bare pod whose container is down, and creates it again with more memory: resizing a container that is down
 * does not help on many kubelets (kubernetes/kubernetes#138760). Between the two calls the pod exists only in the
 * incident's intent, which is written before the first.
 */
public final class ReplacePod implements Remedy<PodReplacement> {

    /** The point of no return: after it, the pod may be gone, and only the intent has it. */
    private static final String DELETING = "deleting";

    /** What the kubelet needs beyond the grace period to tear a pod down. */
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(15);

    /** Well below the incident's lease. A pod that takes longer is waited for by whoever comes next. */
    private static final Duration WAIT_AT_MOST = Duration.ofSeconds(75);

    /** Between two looks at whether the pod is gone: meanwhile nothing serves. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** For as long as most pods take to shut down. */
    private static final Duration AT_FIRST = Duration.ofSeconds(10);

    /** Between two looks afterwards, and after a fault. */
    private static final Duration LOOK_LATER_EVERY = Duration.ofSeconds(1);

    private static final long DEFAULT_GRACE_SECONDS = 30;

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final Pause pause;
    private final Clock clock;

    public ReplacePod(ClusterReader reader, ClusterWriter writer, Pause pause, Clock clock) {
        this.reader = reader;
        this.writer = writer;
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var obstacle = PodManifest.whyNotReplaceable(evidence.pod());
        if (obstacle.isPresent()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, obstacle.get());
        }
        var name = evidence.failure().subject().container();
        var resources = ContainerResources.inPod(evidence.pod(), name);
        var limit = resources.flatMap(ContainerResources::limit);
        if (limit.isEmpty()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, "the container has no memory limit");
        }
        if (LivePod.isGuaranteed(evidence.pod())) {
            return Plan.nothing(
                    RefusalReason.NO_REMEDY_FITS,
                    "a Guaranteed pod would have to ask for more memory, and may not find it once it is deleted");
        }
        var raise = new MemoryRaise(name, limit.get(), Sizing.next(limit.get(), evidence), false);
        var operations = resources.orElseThrow().raise(raise);
        return new Plan.Planned(new PodReplacement(
                ObjectRef.of(evidence.pod()),
                raise,
                operations,
                PodManifest.successor(evidence.pod(), operations, PodReplacement.REPLACES)));
    }

    @Override
    public Progress progress(PodReplacement change, String step) {
        var live = live(change);
        if (step.equals(DELETING)) {
            // From here on only one thing ends it: a pod of that name that is not the old one.
            return Progress.UNDERWAY;
        }
        return live.filter(pod -> isOld(pod, change) && !LivePod.isTerminating(pod))
                        .isPresent()
                ? Progress.UNTOUCHED
                : Progress.OVERTAKEN; // gone, going, or another: somebody else's doing, since we had not begun
    }

    @Override
    public Outcome apply(PodReplacement change, Checkpoint checkpoint) {
        var begun = checkpoint.last().equals(DELETING);
        if (!begun) {
            var changed = whatChanged(live(change), change);
            if (changed.isPresent()) {
                return new Outcome.Stale(changed.get());
            }
            checkpoint.reached(DELETING);
        }
        return finish(change);
    }

    @Override
    public Survival verify(PodReplacement made, Watch watch) {
        var live =
                reader.get(Pod.class, made.target().namespace(), made.target().name());
        if (live.isEmpty()) {
            return new Survival.Gone(made.target().display() + " is gone");
        }
        return replaces(live.get(), made.target().uid())
                ? BarePod.judge(live.get(), made, watch)
                : new Survival.Overtaken(
                        "somebody else created " + made.target().display());
    }

    @Override
    public Plan revert(PodReplacement last, List<Change> made) {
        return changed(last)
                .map(pod -> BarePod.resizeBack(pod, made))
                .orElseGet(() ->
                        Plan.nothing(RefusalReason.NO_REMEDY_FITS, last.target().display() + " is gone"));
    }

    @Override
    public Undone undone(PodReplacement last, List<Change> made) {
        return changed(last).map(pod -> BarePod.undone(pod, made)).orElse(Undone.GONE);
    }

    private Optional<Pod> changed(PodReplacement last) {
        var target = last.target();
        return reader.get(Pod.class, target.namespace(), target.name()).filter(pod -> replaces(pod, target.uid()));
    }

    /** The last look before the delete: it is still that pod, as it was judged, and still down. */
    private Optional<String> whatChanged(Optional<Pod> live, PodReplacement change) {
        if (live.filter(pod -> isOld(pod, change) && !LivePod.isTerminating(pod))
                .isEmpty()) {
            return Optional.of("the pod is gone or going");
        }
        var obstacle = PodManifest.whyNotReplaceable(live.get());
        if (obstacle.isPresent()) {
            return obstacle;
        }
        if (!isDown(live.get(), change.raise().container())) {
            return Optional.of("the container runs again, or has ended well");
        }
        // As JSON: a manifest that was read back from its record has empty lists where a fresh one has none.
        var asItIs = PodManifest.successor(live.get(), change.operations(), PodReplacement.REPLACES);
        return KubernetesJson.tree(asItIs).equals(KubernetesJson.tree(change.manifest()))
                ? Optional.empty()
                : Optional.of("somebody has changed the pod");
    }

    /** Past the point of no return: once the delete was taken, no refusal and no fault ends it before the pod exists again. */
    private Outcome finish(PodReplacement change) {
        var deadline = clock.instant().plus(patience(change));
        var last = "it is still shutting down";
        var unanswered = false; // a delete that may have been taken: from then on nothing is withdrawn
        var waited = Duration.ZERO; // beside the clock, which somebody may set back
        while (waited.compareTo(patience(change)) <= 0 && !clock.instant().isAfter(deadline)) {
            var look = waited.compareTo(AT_FIRST) < 0 ? LOOK_EVERY : LOOK_LATER_EVERY;
            try {
                var live = live(change);
                if (live.isEmpty()) {
                    writer.create(change.manifest());
                } else if (!isOld(live.get(), change)) {
                    return ended(live.get(), change);
                } else if (!LivePod.isTerminating(live.get())) {
                    var withdrawn = delete(live.get(), change);
                    if (withdrawn.isPresent() && !unanswered) {
                        return withdrawn.get();
                    }
                }
            } catch (UnansweredException e) {
                unanswered = true;
                look = LOOK_LATER_EVERY;
                last = String.valueOf(e.getMessage());
            } catch (ClusterException e) {
                look = LOOK_LATER_EVERY;
                last = String.valueOf(e.getMessage());
            }
            pause.pause(look);
            waited = waited.plus(look);
        }
        return new Outcome.Waiting("%s is not back yet (%s); it is created as soon as that is possible"
                .formatted(change.target().display(), last));
    }

    /**
     * The pod is untouched so far, so the act can still be withdrawn: where it is not what was judged any more, or where
     * the delete is refused. A delete without an answer may have been taken, and withdraws nothing.
     */
    private Optional<Outcome> delete(Pod live, PodReplacement change) throws UnansweredException {
        var changed = whatChanged(Optional.of(live), change);
        if (changed.isPresent()) {
            return Optional.of(new Outcome.Stale(changed.get()));
        }
        try {
            writer.delete(change.target());
            return Optional.empty();
        } catch (ClusterException e) {
            return switch (e.kind()) {
                case UNAUTHORIZED, FORBIDDEN, REJECTED ->
                    Optional.of(new Outcome.Failed("the delete was refused: " + e.getMessage()));
                case NOT_FOUND, CONFLICT, ALREADY_EXISTS -> Optional.empty(); // gone, or another: the next look tells
                case UNREACHABLE, BUSY, BROKEN -> throw new UnansweredException(e);
            };
        }
    }

    /** The delete got no answer, so it may have been taken. */
    private static final class UnansweredException extends Exception {
        private static final long serialVersionUID = 1L;

        UnansweredException(ClusterException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static Outcome ended(Pod live, PodReplacement change) {
        var raise = change.raise();
        var name = change.target().display();
        if (!isInItsPlace(live, change)) {
            return new Outcome.Superseded("somebody else created " + name);
        }
        var limit = ContainerResources.inPod(live, raise.container()).flatMap(ContainerResources::limit);
        return limit.filter(raise.to()::equals).isPresent()
                ? new Outcome.Applied(
                        "%s was created again with a memory limit of %s".formatted(name, raise.to()),
                        "the live pod has uid " + live.getMetadata().getUid() + " and that limit")
                : new Outcome.Altered("%s was created again, but has a memory limit of %s and not %s"
                        .formatted(name, limit.map(Memory::toString).orElse("none"), raise.to()));
    }

    private static Duration patience(PodReplacement change) {
        var grace = Objects.requireNonNullElse(
                change.manifest().getSpec().getTerminationGracePeriodSeconds(), DEFAULT_GRACE_SECONDS);
        var wanted = Duration.ofSeconds(grace).plus(BEYOND_GRACE);
        return wanted.compareTo(WAIT_AT_MOST) < 0 ? wanted : WAIT_AT_MOST;
    }

    private Optional<Pod> live(PodReplacement change) {
        return reader.get(
                Pod.class, change.target().namespace(), change.target().name());
    }

    private static boolean isOld(Pod pod, PodReplacement change) {
        return change.target().uid().equals(pod.getMetadata().getUid());
    }

    private static boolean isInItsPlace(Pod pod, PodReplacement change) {
        return replaces(pod, change.target().uid());
    }

    private static boolean replaces(Pod pod, String uid) {
        var annotations = Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of());
        return uid.equals(annotations.get(PodReplacement.REPLACES));
    }

    /** Failing on the live pod still, and not running: one that has ended with 0 is not down. */
    private boolean isDown(Pod pod, String container) {
        return Failures.of(pod, clock.instant()).stream()
                .filter(failure -> failure.subject().container().equals(container))
                .anyMatch(failure -> failure.isDownNow() || failure.kind() == FailureKind.Pending);
    }
}
