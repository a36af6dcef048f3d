package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.gate.JobPatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Suspends a Job, waits for its controller to do so, and patches and resumes it in one request. Where anything speaks against it in between, the Job
 * is resumed as it was; killed in between, the mark that it bears says to whoever goes on that it has to be.
 */
record WhileSuspended(ClusterReader reader, ClusterWriter writer, Pause pause) {

    /** A real controller took 24 ms (docs/evidence/cures.md); pods that are not up yet have to go before. */
    private static final int LOOKS = 30;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    Outcome make(JobPatch change) {
        var live = job(change);
        if (live.isEmpty()) {
            return new Outcome.Stale(change.target().display() + " is gone");
        }
        if (!live.get().isMarked(change.raise().to())) {
            if (live.get().has(change.raise().to(), change)) {
                return applied(change); // before this act was cut short
            }
            var why = live.get().whyNot().or(live.get()::working);
            if (why.isPresent()) {
                return new Outcome.Stale(why.get());
            }
            try {
                writer.patch(change.target(), Subresource.NONE, live.get().suspend(change));
            } catch (ClusterException e) {
                return Remedies.refused(e);
            }
        }
        return finish(change);
    }

    /** Suspended by us: whatever happens, it is resumed. */
    private Outcome finish(JobPatch change) {
        for (int look = 0; look < LOOKS; look++) {
            var live = job(change);
            if (live.isEmpty()) {
                return new Outcome.Superseded(change.target().display() + " is gone");
            }
            if (!live.get().isMarked(change.raise().to())) {
                return ended(live.get(), change);
            }
            if (live.get().hasEnded()) {
                return resume(change, "it has ended meanwhile");
            }
            if (live.get().isSuspended()) {
                return patch(change);
            }
            pause.pause(LOOK_EVERY);
        }
        return resume(
                change,
                "its controller did not suspend it within "
                        + LOOK_EVERY.multipliedBy(LOOKS).toSeconds() + " s");
    }

    private Outcome ended(SuspendedJob live, JobPatch change) {
        return live.has(change.raise().to(), change)
                ? applied(change)
                : new Outcome.Superseded(
                        "somebody has resumed " + change.target().display());
    }

    private Outcome patch(JobPatch change) {
        try {
            writer.patch(change.target(), Subresource.NONE, SuspendedJob.resume(change, change.operations()));
            return applied(change);
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e; // it may have been taken: the act is resumed, and looks
            }
            return resume(change, String.valueOf(e.getMessage()));
        }
    }

    private Outcome resume(JobPatch change, String why) {
        var name = change.target().display();
        try {
            writer.patch(change.target(), Subresource.NONE, SuspendedJob.resume(change, List.of()));
            return new Outcome.Failed("%s goes on as it was: %s".formatted(name, why));
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return new Outcome.Failed(
                    "%s (%s), and could not be resumed as it was: %s".formatted(name, why, e.getMessage()));
        }
    }

    private static Outcome applied(JobPatch change) {
        return new Outcome.Applied(
                "%s has a memory limit of %s now, for its next try"
                        .formatted(change.target().display(), change.raise().to()),
                "the API server took the patch, whose test operations held");
    }

    private Optional<SuspendedJob> job(JobPatch change) {
        return SuspendedJob.of(reader, change.target());
    }
}
