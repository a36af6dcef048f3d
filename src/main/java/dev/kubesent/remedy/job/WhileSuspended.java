package dev.kubesent.remedy.job;

import dev.kubesent.change.JobPatch;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.remedy.engine.Checkpoint;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Suspends a Job, waits for its controller to do so, and patches and resumes it in one request. Where anything speaks against it in between, the Job
 * is resumed as it was; killed in between, the mark that it bears says to whoever goes on that it has to be.
 */
public record WhileSuspended(ClusterReader reader, ClusterWriter writer, Pause pause) {

    public static final String SUSPENDING = "suspending";

    /**
     * A real controller took 10 to 24 ms (docs/evidence/cures.md). On an API server that hangs this can outlast the lease: who takes it over then ends
     * the same act, and of two patches the one that comes second finds another generation.
     */
    private static final int LOOKS = 10;

    /** Between two looks at whether the Job has been suspended. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    public Outcome make(JobPatch change, Checkpoint checkpoint) {
        var live = counted(change);
        if (live.isEmpty()) {
            return new Outcome.Stale(change.target().display() + " is gone");
        }
        if (!live.get().isOurs(change)) {
            if (live.get().has(change.raise().to(), change)) {
                return applied(change); // before this act was cut short
            }
            var why = live.get().isUncounted()
                    ? Optional.of("a pod of it has ended and is not counted yet")
                    : new Suspendable(live.get()).whyNot().map(Refusal::detail);
            if (why.isPresent()) {
                return new Outcome.Stale(why.get());
            }
            checkpoint.reached(SUSPENDING);
            try {
                writer.patch(change.target(), Subresource.NONE, change.suspension());
            } catch (ClusterException e) {
                return Outcome.refused(e);
            }
        }
        return finish(change);
    }

    /** A moment after a pod has ended, its controller counts it. */
    private Optional<SuspendedJob> counted(JobPatch change) {
        var live = job(change);
        for (int look = 1;
                look < LOOKS && live.filter(SuspendedJob::isUncounted).isPresent();
                look++) {
            pause.pause(LOOK_EVERY);
            live = job(change);
        }
        return live;
    }

    /** Suspended by us: whatever happens, it is resumed. */
    private Outcome finish(JobPatch change) {
        for (int look = 0; look < LOOKS; look++) {
            var live = job(change);
            if (live.isEmpty() || !live.get().isOurs(change)) {
                return ended(live, change);
            }
            if (live.get().hasEnded()) {
                return putBack(live.get(), change, "it has ended meanwhile");
            }
            if (live.get().isSuspended()) {
                return patch(live.get(), change);
            }
            pause.pause(LOOK_EVERY);
        }
        var late = "its controller did not suspend it within "
                + LOOK_EVERY.multipliedBy(LOOKS).toSeconds() + " s";
        return job(change)
                .filter(live -> live.isOurs(change))
                .map(live -> putBack(live, change, late))
                .orElseGet(() -> ended(job(change), change));
    }

    private Outcome ended(Optional<SuspendedJob> live, JobPatch change) {
        var name = change.target().display();
        if (live.isEmpty()) {
            return new Outcome.Superseded(name + " is gone");
        }
        if (live.get().isToBeSuspended()) {
            return new Outcome.Superseded(name
                    + " was changed by somebody else while it was suspended for this. It is still suspended:"
                    + " resume it (spec.suspend: false) when it may go on");
        }
        return live.get().has(change.raise().to(), change)
                ? applied(change)
                : new Outcome.Superseded("somebody has resumed " + name);
    }

    /** Whatever the answer is, the Job does not stay suspended for it; where the patch was taken after all, the next look shows that. */
    private Outcome patch(SuspendedJob live, JobPatch change) {
        try {
            writer.patch(change.target(), Subresource.NONE, live.resumption(change, change.operations()));
            return applied(change);
        } catch (ClusterException e) {
            return putBack(live, change, String.valueOf(e.getMessage()));
        }
    }

    private Outcome putBack(SuspendedJob live, JobPatch change, String why) {
        try {
            writer.patch(change.target(), Subresource.NONE, live.resumption(change, List.of()));
            return new Outcome.PutBack(
                    "%s was resumed unchanged: %s".formatted(change.target().display(), why));
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            var now = job(change);
            return now.filter(job -> job.isOurs(change)).isPresent()
                    ? new Outcome.Waiting("%s is suspended, and may not be resumed: %s (%s)"
                            .formatted(change.target().display(), e.getMessage(), why))
                    : ended(now, change);
        }
    }

    private static Outcome applied(JobPatch change) {
        var isRaise = change.raise().to().bytes() > change.raise().from().bytes();
        return new Outcome.Applied(
                "%s has a memory limit of %s now, for its next try%s"
                        .formatted(
                                change.target().display(),
                                change.raise().to(),
                                isRaise ? "; raise the limit in the Job's manifest as well" : ""),
                "the API server accepted the patch; its test operations passed");
    }

    private Optional<SuspendedJob> job(JobPatch change) {
        return SuspendedJob.of(reader, change.target());
    }
}
