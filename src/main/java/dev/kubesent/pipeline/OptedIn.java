package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Name;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Which namespaces opted in: asked before anything else is read of one, so that an event reaches nothing in those that did not.
 * Remembered shortly, as events of one namespace come in numbers. Safe for several threads.
 */
final class OptedIn {

    /** By which a namespace opts in. */
    static final Map<String, String> LABELS = Map.of("kubesent.dev/heal", "enabled");

    /** So long a namespace that opts in, or out, may be taken for what it was. The gate reads it anew before each act. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** Namespaces that are remembered; one takes about 200 bytes. */
    private static final int NAMESPACES = 4096;

    private final ClusterReader reader;
    private final Recent<Name, Boolean> known;

    OptedIn(ClusterReader reader, Clock clock) {
        this.reader = reader;
        this.known = new Recent<>(NAMESPACES, clock);
    }

    /** Whether this namespace opted in; one that does not exist did not. @throws dev.kubesent.cluster.ClusterException where the cluster gives no answer */
    boolean isIn(Name namespace) {
        return known.get(namespace).orElseGet(() -> {
            var isIn = reader.get(Namespace.class, "", namespace.text())
                    .filter(OptedIn::says)
                    .isPresent();
            known.put(namespace, isIn, REMEMBERED);
            return isIn;
        });
    }

    /** The same, as far as it is known without asking the cluster. */
    boolean isKnownToBeIn(Name namespace) {
        return known.get(namespace).orElse(false);
    }

    private static boolean says(Namespace namespace) {
        return Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.<String, String>of())
                .entrySet()
                .containsAll(LABELS.entrySet());
    }
}
