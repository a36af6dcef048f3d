package dev.kubesent.function.health;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.incident.Schema;
import dev.kubesent.time.Ticks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the CRD in the cluster is the one that this image was built with. No reason not to be ready: after an image was rolled back the CRD is the
 * newer one, which harms nothing, and hashes do not tell newer from older.
 */
final class CrdCheck {

    private static final Logger LOG = LoggerFactory.getLogger(CrdCheck.class);

    /** A CRD changes with a release. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final ClusterReader reader;
    private final Ticks ticks;
    private long looked;
    private Optional<String> trouble = Optional.empty();

    CrdCheck(ClusterReader reader, Ticks ticks) {
        this.reader = reader;
        this.ticks = ticks;
        this.looked = ticks.before(KEPT);
    }

    /** What is wrong with it. Not to be asked by two threads at once. */
    Optional<String> trouble() {
        if (ticks.isOver(looked, KEPT)) {
            looked = ticks.nanos();
            var found = look();
            if (!found.equals(trouble)) {
                found.ifPresent(LOG::warn);
            }
            trouble = found;
        }
        return trouble;
    }

    private Optional<String> look() {
        try {
            return reader.get(Schema.CRD).map(CrdCheck::hash).flatMap(CrdCheck::judged);
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.FORBIDDEN) {
                return Optional
                        .empty(); // a ClusterRole kubesent-reader of before; its own update is not ours to ask for
            }
            throw e;
        }
    }

    private static String hash(HasMetadata crd) {
        var annotations = Objects.requireNonNullElse(crd.getMetadata().getAnnotations(), Map.<String, String>of());
        return annotations.getOrDefault(Schema.HASH, "none");
    }

    private static Optional<String> judged(String hash) {
        return hash.equals(Schema.hash())
                ? Optional.empty()
                : Optional.of(
                        "the CRD of Incidents is not that of this image (%s: %s, here %s); if it is older, each write loses the fields that it does not know: kubectl apply -f knative/base/100-incident-crd.yaml, or helm upgrade with crds.install"
                                .formatted(Schema.HASH, hash, Schema.hash()));
    }
}
