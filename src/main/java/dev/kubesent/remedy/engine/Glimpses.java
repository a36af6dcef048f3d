package dev.kubesent.remedy.engine;

import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.Readiness;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Consumer;

/** Counts pods of a revision that is watched for whether it lives, and nothing else; keeps none of them. */
public final class Glimpses implements Consumer<Pod> {

    private final Watch watch;
    private int looked;
    private int alive;
    private int ready;
    private int stuck;
    private int successors;
    private int aliveSuccessors;
    private Extent extent = Extent.CUT;

    public Glimpses(Watch watch) {
        this.watch = watch;
    }

    @Override
    public void accept(Pod pod) {
        looked++;
        var lives = watch.hasLivedLongEnough(pod);
        alive += lives ? 1 : 0;
        ready += Readiness.of(pod) ? 1 : 0;
        stuck += watch.isStuck(pod) ? 1 : 0;
        if (watch.isSuccessor(pod)) {
            successors++;
            aliveSuccessors += lives ? 1 : 0;
        }
    }

    public Glimpses seen(Extent all) {
        extent = all;
        return this;
    }

    public boolean areNone() {
        return looked == 0 && extent.isWhole();
    }

    public int alive() {
        return alive;
    }

    /** Whether all that there are live, and as many as are wanted: never so of a part. */
    public boolean areAllAlive(long wanted) {
        return extent.isWhole() && alive > 0 && alive == looked && alive >= wanted;
    }

    public boolean isAnyReady() {
        return ready > 0;
    }

    public boolean isAnyStuck() {
        return stuck > 0;
    }

    /** Whether any began with the act. */
    public boolean haveSuccessors() {
        return successors > 0;
    }

    public boolean isAnySuccessorAlive() {
        return aliveSuccessors > 0;
    }

    public String told(long wanted) {
        return "%d of %d pods have been running and ready for %d s%s"
                .formatted(
                        alive,
                        Math.max(wanted, looked),
                        watch.mustLive().toSeconds(),
                        extent.isWhole() ? "" : "; no more than %d were looked at".formatted(looked));
    }
}
