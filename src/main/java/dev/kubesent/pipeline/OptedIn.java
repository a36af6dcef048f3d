package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Name;
import dev.kubesent.time.Recent;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

    /** Namespaces that are kept whole; one may have 256 KiB of annotations. */
    private static final int WHOLE = 64;

    private final ClusterReader reader;
    private final Recent<Name, Boolean> known;
    private final Recent<String, Optional<Namespace>> whole;

    OptedIn(ClusterReader reader, Clock clock) {
        this.reader = reader;
        this.known = new Recent<>(NAMESPACES, clock);
        this.whole = new Recent<>(WHOLE, clock);
    }

    /** Whether this namespace opted in; one that does not exist did not. @throws dev.kubesent.cluster.ClusterException where the cluster gives no answer */
    boolean isIn(Name namespace) {
        return known.get(namespace).orElseGet(() -> {
            var isIn = recent(namespace.text()).filter(OptedIn::says).isPresent();
            known.put(namespace, isIn, REMEMBERED);
            return isIn;
        });
    }

    /** As it was a few seconds ago, for a diagnosis; empty for one that does not exist. @throws dev.kubesent.cluster.ClusterException where the cluster gives no answer */
    Optional<Namespace> recent(String namespace) {
        return whole.get(namespace).orElseGet(() -> {
            var live = reader.get(Namespace.class, "", namespace);
            whole.put(namespace, live, REMEMBERED);
            return live;
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
