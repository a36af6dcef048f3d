package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Name;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which namespaces opted in: asked before anything else is read of one, so that an event reaches nothing in those that did not.
 * Remembered shortly, as events of one namespace come in numbers. Safe for several threads.
 */
final class OptedIn {

    private static final String LABEL = "kubesent.dev/heal";

    /** So long a namespace that opts in, or out, may be taken for what it was. The gate reads it anew before each act. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** Namespaces that are remembered; one takes about 200 bytes. */
    private static final int NAMESPACES = 4096;

    private final ClusterReader reader;
    private final Clock clock;
    private final Map<Name, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Known> eldest) {
            return size() > NAMESPACES;
        }
    };

    OptedIn(ClusterReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    private record Known(boolean isIn, Instant until) {}

    /** Whether this namespace opted in; one that does not exist did not. @throws dev.kubesent.cluster.ClusterException where the cluster gives no answer */
    boolean isIn(Name namespace) {
        var now = clock.instant();
        var before = remembered(namespace);
        if (before != null && now.isBefore(before.until())) {
            return before.isIn();
        }
        var isIn = reader.get(Namespace.class, "", namespace.text())
                .filter(OptedIn::says)
                .isPresent();
        remember(namespace, new Known(isIn, now.plus(REMEMBERED)));
        return isIn;
    }

    /** Whether its label says so. */
    static boolean says(Namespace namespace) {
        return "enabled"
                .equals(Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.<String, String>of())
                        .get(LABEL));
    }

    private synchronized @Nullable Known remembered(Name namespace) {
        return known.get(namespace);
    }

    private synchronized void remember(Name namespace, Known answer) {
        known.put(namespace, answer);
    }
}
