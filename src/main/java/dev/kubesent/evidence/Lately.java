package dev.kubesent.evidence;

import dev.kubesent.time.Recent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was read for another failure of the same place a moment ago: a node, and what runs in a namespace. Of a thousand workloads that fail at
 * once it is read once, for the diagnosis: what a change rests on is read for it. Safe for several threads.
 */
final class Lately {

    /** Half of the time in which a kubelet tells of its node (nodeStatusUpdateFrequency, 10 s). */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    /** Nodes; one takes about 200 bytes. */
    private static final int NODES = 1_000;

    /** Namespaces; one takes up to 100 KB, of a thousand images. */
    private static final int NAMESPACES = 16;

    private record Read<T>(T what, Instant at) {}

    private final Recent<String, Read<NodeFacts>> nodes;
    private final Recent<String, Read<List<RunningImage>>> images;
    private final Clock clock;

    Lately(Clock clock) {
        this.nodes = new Recent<>(NODES, clock);
        this.images = new Recent<>(NAMESPACES, clock);
        this.clock = clock;
    }

    /** @param since what was read before that is read anew */
    NodeFacts node(String name, Instant since, Supplier<NodeFacts> read) {
        return of(nodes, name, since, read);
    }

    /** @param namespace empty for all @param since what was read before that is read anew */
    List<RunningImage> images(String namespace, Instant since, Supplier<List<RunningImage>> read) {
        return of(images, namespace, since, read);
    }

    private <T> T of(Recent<String, Read<T>> known, String where, Instant since, Supplier<T> read) {
        return known.get(where)
                .filter(last -> !last.at().isBefore(since))
                .orElseGet(() -> {
                    var begun = clock.instant();
                    var live = new Read<>(read.get(), begun);
                    known.put(where, live, REMEMBERED);
                    return live;
                })
                .what();
    }
}
