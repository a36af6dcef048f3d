package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.Name;
import dev.kubesent.pipeline.work.Work;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that found no room, and is offered again in the next round. An incident with work left in it is found by its phase. Of a failure that is to be
 * judged again nothing in its incident says so: the pod that showed it is kept by name, and looked at as if its event had come again. Safe for several
 * threads.
 */
final class Left {

    private static final Logger LOG = LoggerFactory.getLogger(Left.class);

    /** Pods that are kept. Of more, the next event or sweep tells. */
    private static final int MOST = 1_000;

    record PodRef(Name namespace, Name name) {}

    private final Set<PodRef> pods = new LinkedHashSet<>();
    private final AtomicBoolean any = new AtomicBoolean();

    /** There was something. */
    void note() {
        any.set(true);
    }

    /** @return whether it is kept */
    synchronized boolean keep(PodRef pod) {
        note();
        return pods.contains(pod) || pods.size() < MOST && pods.add(pod);
    }

    /** Whether there was any since this was last asked. */
    boolean wasAny() {
        return any.getAndSet(false);
    }

    /** Those that are kept; they are kept until {@link #forget}. */
    synchronized List<PodRef> all() {
        return List.copyOf(pods);
    }

    /** Has them looked at again, where there is room for it now. One that cannot be read is looked at in the next round. */
    void lookAgain(Work work, Consumer<PodRef> look) {
        for (var pod : all()) {
            if (!work.hasRoom(pod.namespace().text(), Work.Order.NEW)) {
                note();
                continue;
            }
            try {
                forget(pod); // it is kept anew where there is no room after all
                look.accept(pod);
            } catch (ClusterException e) {
                keep(pod);
                LOG.info("pod {} is looked at later: {}", pod.name().text(), e.getMessage());
            }
        }
    }

    synchronized void forget(PodRef pod) {
        pods.remove(pod);
    }
}
