package dev.kubesent.pipeline;

import dev.kubesent.incident.Incident;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work that found no room, and is offered again in the next round. What was never begun is found by its phase; of a failure that is to be judged
 * again nothing in its incident says so, and its name is kept. Safe for several threads.
 */
final class Left {

    /** Names that are kept. Of more, the next event or sweep tells. */
    private static final int MOST = 1_000;

    /** An incident by name. */
    record Ref(String namespace, String name) {}

    private final Set<Ref> refs = new LinkedHashSet<>();
    private final AtomicBoolean any = new AtomicBoolean();

    /** @return whether it is offered again: of more than can be kept the next event tells */
    boolean add(Incident incident) {
        any.set(true);
        var meta = incident.getMetadata();
        return incident.progress().phase().unfinished() || keep(new Ref(meta.getNamespace(), meta.getName()));
    }

    /** There is no room for it yet. */
    synchronized boolean keep(Ref ref) {
        any.set(true);
        return refs.contains(ref) || refs.size() < MOST && refs.add(ref);
    }

    /** Whether there was any since this was last asked. */
    boolean wasAny() {
        return any.getAndSet(false);
    }

    /** Those whose names were kept: they are to be offered again. */
    synchronized List<Ref> take() {
        var all = List.copyOf(refs);
        refs.clear();
        return all;
    }
}
