package dev.kubesent.action;

import dev.kubesent.cluster.Memory;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;

/** How much memory is next. */
public final class Sizing {

    /** The Vertical Pod Autoscaler's convention (pkg/recommender/model: DefaultOOMBumpUpRatio, DefaultOOMMinBumpUp). */
    private static final double RATIO = 1.2;

    private static final Memory AT_LEAST = Memory.ofMi(100);

    /** Its users found 20 % too little under load and doubled (kubernetes/autoscaler#5275). */
    private static final double RATIO_AFTER_A_RAISE_THAT_WAS_TOO_SMALL = 2;

    private Sizing() {}

    /** @param limit there is now */
    public static Memory next(Memory limit, Evidence evidence) {
        var container = evidence.failure().subject().container();
        var tooSmall = evidence.history()
                .present()
                .map((History history) -> history.isWatched(container))
                .orElse(false);
        var ratio = tooSmall ? RATIO_AFTER_A_RAISE_THAT_WAS_TOO_SMALL : RATIO;
        return Memory.max(limit.times(ratio), limit.plus(AT_LEAST)).roundedUpToMi();
    }
}
