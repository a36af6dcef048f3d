package dev.kubesent.remedy.engine;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.remedy.engine.Survival.Failing;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts how pods do that run with a change, one after the other. It keeps none, but the first that fails. */
public final class Tally implements Consumer<Pod> {

    private final Watch watch;
    private final Fault cured;
    private final Set<String> excused = new TreeSet<>();
    private int looked;
    private int alive;
    private boolean hasLost;
    private @Nullable Failing failing;

    /** @param cured what was to be cured */
    public Tally(Watch watch, Fault cured) {
        this.watch = watch;
        this.cured = cured;
    }

    @Override
    public void accept(Pod pod) {
        looked++;
        excused.addAll(watch.excused(pod, cured));
        if (watch.lives(pod, cured)) {
            alive++;
        } else if (watch.isOld(pod)) {
            hasLost = true;
        }
        if (failing == null) {
            failing = watch.failing(pod, cured).orElse(null);
        }
    }

    public Optional<Failing> failing() {
        return Optional.ofNullable(failing);
    }

    public int looked() {
        return looked;
    }

    public int alive() {
        return alive;
    }

    public boolean areAllAlive() {
        return alive > 0 && alive == looked;
    }

    /** Whether one was made long ago and is not up. */
    public boolean hasLost() {
        return hasLost;
    }

    /** Containers that go on failing as they did before. */
    public Set<String> excused() {
        return Set.copyOf(excused);
    }

    /** As the end of a sentence. */
    public String saidOfExcused() {
        return excused.isEmpty()
                ? ""
                : ", not counting %s, which failed before as well".formatted(String.join(" and ", excused));
    }
}
