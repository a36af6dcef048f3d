package dev.kubesent.testing;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.pipeline.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Work behind the answer, which waits until the test lets it go on; and a door that the test closes. */
public final class HeldWork implements Work {

    private final List<Supplier<?>> waiting = new ArrayList<>();
    private final List<Load> loads = new ArrayList<>();
    private boolean hasRoom = true;
    private boolean isBroken;

    @Override
    public <T> T run(Load load, Supplier<T> healing, T meanwhile) {
        loads.add(load);
        if (isBroken) {
            isBroken = false;
            throw new IllegalStateException("injected");
        }
        var _ = load.weigh().getAsInt(); // all of it waits
        return run(healing, meanwhile);
    }

    /** What was offered until now. */
    public List<Load> loads() {
        return List.copyOf(loads);
    }

    @Override
    public <T> T run(Supplier<T> healing, T meanwhile) {
        if (!hasRoom) {
            throw new RejectedExecutionException("full");
        }
        waiting.add(healing);
        return meanwhile;
    }

    /** The next that is offered is not taken, by an error. */
    public void breakOnce() {
        isBroken = true;
    }

    public void room(boolean is) {
        hasRoom = is;
    }

    public int waiting() {
        return waiting.size();
    }

    /** All that waits, as it came. Nobody waits for a fault of it any more. */
    public void go() {
        var now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(HeldWork::done);
    }

    private static void done(Supplier<?> healing) {
        try {
            var _ = healing.get();
        } catch (ClusterException e) {
            // as the background does: it is left for the next round
        }
    }

    @Override
    public boolean hasRoom(String namespace, Order order) {
        return hasRoom;
    }

    @Override
    public boolean isBehindTheAnswer() {
        return true;
    }

    @Override
    public void close() {}
}
