package dev.kubesent.remedy.job;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Why a Job is not to be suspended by us: suspending it deletes its pods that have not ended, and begins its time anew. */
public record Suspendable(SuspendedJob live) {

    /** batch/v1, where none is set. */
    private static final int DEFAULT_BACKOFF_LIMIT = 6;

    private Job job() {
        return live.run().job();
    }

    /** Empty where it may be, at this very moment. */
    public Optional<Refusal> whyNot() {
        return ever().or(this::now);
    }

    private Optional<Refusal> ever() {
        var spec = job().getSpec();
        var run = live.run();
        if (live.hasEnded()) {
            return never("it has ended");
        }
        if (live.isToBeSuspended()) {
            return never("somebody has suspended it");
        }
        if (run.isOfAnotherController() || run.isQueued() || run.hasEverBeenSuspended() && !live.wasEverMarked()) {
            return never("another controller, a queue or a person decides when it runs");
        }
        if (!"Never".equals(spec.getTemplate().getSpec().getRestartPolicy())) {
            return never("its pods are restarted in place, and suspending it would delete them with what they hold");
        }
        if (spec.getActiveDeadlineSeconds() != null) {
            return never("its activeDeadlineSeconds would start again");
        }
        if (spec.getBackoffLimitPerIndex() != null) {
            return never("its tries are counted for each index");
        }
        if (Boolean.TRUE.equals(spec.getManualSelector())) {
            return never("its selector was set by hand (manualSelector)");
        }
        if (run.hasTooMany()) {
            return never("it has had more than " + JobRun.MOST_PODS + " pods");
        }
        return tries() > Objects.requireNonNullElse(spec.getBackoffLimit(), DEFAULT_BACKOFF_LIMIT)
                ? never("this was its last try")
                : Optional.empty();
    }

    private static Optional<Refusal> never(String why) {
        return Optional.of(new Refusal(
                RefusalReason.NO_REMEDY_FITS,
                "the template of a Job is changed only while it is suspended, and " + why));
    }

    /** Failed ones; the kubelet's word of one comes a moment before the controller's. */
    private long tries() {
        var status = job().getStatus();
        var counted = status == null ? 0 : Objects.requireNonNullElse(status.getFailed(), 0);
        return Math.max(counted, live.pods().stream().filter(JobRun::hasFailed).count());
    }

    /** What is at work would be lost; what has not begun yet is only made later. */
    private Optional<Refusal> now() {
        var counted = live.pods().stream()
                .filter(pod -> !JobRun.hasEnded(pod) || SuspendedJob.isUncounted(pod))
                .count();
        return working().stream()
                .findFirst()
                .map(pod -> pod.getMetadata().getName() + " would lose its work now")
                .or(() -> live.run().active() > counted
                        ? Optional.of("the Job counts more active pods than the API lists")
                        : Optional.empty())
                .map(why -> new Refusal(
                        RefusalReason.TOO_SOON,
                        "the template of a Job is changed only while it is suspended; waiting, as " + why));
    }

    /** Whether nothing but this pod, whose container was killed, is at work: beside a container that goes on there is no next try. */
    public Optional<Refusal> onlyWaitsFor(Pod failing) {
        var own = failing.getMetadata().getName();
        var working = working();
        return working.size() == 1 && working.getFirst().getMetadata().getName().equals(own)
                ? never("another container of " + own + " goes on, so that there is no next try")
                : Optional.empty();
    }

    private List<Pod> working() {
        return live.pods().stream().filter(Suspendable::works).toList();
    }

    /** An init container that has ended has done its work, too. */
    private static boolean works(Pod pod) {
        return !JobRun.hasEnded(pod) && !JobRun.isEnding(pod) && JobRun.hasBegun(pod);
    }
}
