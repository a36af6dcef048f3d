package dev.kubesent.testing;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.reads.AtReads;
import java.util.function.Predicate;

/** A cluster of which something may not be read. */
public final class BlindReader {

    private BlindReader() {}

    /** @param unreadable asked of each argument of a read, a type or a reference */
    public static Ports of(Ports ports, Predicate<Object> unreadable) {
        return AtReads.before(ports, read -> {
            if (read.arguments().stream().anyMatch(unreadable)) {
                throw new ClusterException(Kind.FORBIDDEN, "injected");
            }
        });
    }
}
