package dev.kubesent.remedy.engine;

import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Termination;
import java.time.Duration;

/**
 * How long a workload has to live after a change before it counts as healed.
 *
 * @param least however short it used to live
 * @param most however long it used to live
 */
public record SurvivalPolicy(Duration least, Duration most) {

    /** Beyond that, until something has come up: what a Deployment is given by default (progressDeadlineSeconds). */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Twice as long as it used to live. */
    public Duration mustLive(Failure failure) {
        var twice = failure.lastRun()
                .flatMap(Termination::lived)
                .map(lived -> lived.multipliedBy(2))
                .orElse(Duration.ZERO);
        return min(most, twice.compareTo(least) > 0 ? twice : least);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
