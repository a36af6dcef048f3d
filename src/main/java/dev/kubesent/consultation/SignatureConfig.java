package dev.kubesent.consultation;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.diagnosis.signature.OwnSignatures;
import dev.kubesent.diagnosis.signature.UnusableSignature;
import dev.kubesent.time.Skew;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signatures that users keep in a ConfigMap of KubeSent's own namespace, as it was a minute ago at most: a herd of failures reads it once.
 * Whatever is wrong with it is said, and never a reason to fail. Safe for several threads.
 */
public final class SignatureConfig {

    /** The ConfigMap. */
    public static final String NAME = "kubesent-signatures";

    /** Of a ConfigMap that was mended people want to see it soon. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** An API server in trouble is not asked for each failure. */
    private static final Duration TROUBLE_KEPT = Duration.ofSeconds(10);

    /** Complaints that are shown. */
    private static final int SHOWN = 20;

    private static final Logger LOG = LoggerFactory.getLogger("kubesent.signatures");

    private final ReentrantLock reading = new ReentrantLock();
    private final ClusterReader reader;
    private final String namespace;
    private final Clock clock;
    private volatile Read last = new Read(Map.of(), OwnSignatures.NONE, List.of(), Instant.EPOCH);

    /** @param trouble with it, a line each */
    private record Read(Map<String, String> data, OwnSignatures signatures, List<String> trouble, Instant until) {}

    /** @param namespace KubeSent's own */
    public SignatureConfig(ClusterReader reader, String namespace, Clock clock) {
        this.reader = reader;
        this.namespace = namespace;
        this.clock = clock;
    }

    /** For a diagnosis. */
    public OwnSignatures current() {
        return fresh().signatures();
    }

    /** What is wrong with it, for whoever watches over KubeSent; a line each, without the texts themselves. */
    public List<String> trouble() {
        return fresh().trouble();
    }

    private Read fresh() {
        if (isFresh()) {
            return last;
        }
        reading.lock(); // who waits here needs the same answer
        try {
            if (!isFresh()) {
                var now = read();
                tell(now);
                last = now;
            }
            return last;
        } finally {
            reading.unlock();
        }
    }

    private boolean isFresh() {
        return Skew.isWithin(last.until().minus(KEPT), KEPT, clock.instant());
    }

    private Read read() {
        try {
            var data = reader.get(ConfigMap.class, namespace, NAME)
                    .map(found -> Objects.requireNonNullElse(found.getData(), Map.<String, String>of()))
                    .orElse(Map.of());
            var signatures = data.equals(last.data()) ? last.signatures() : OwnSignatures.read(data);
            return new Read(
                    data,
                    signatures,
                    lines(signatures.unusable()),
                    clock.instant().plus(KEPT));
        } catch (ClusterException e) {
            return unread(e);
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, at ConfigMap {}/{}", namespace, NAME, e);
            return without("a defect of KubeSent; its log has it");
        }
    }

    /** What passes leaves those that were read last; a refusal leaves none. */
    private Read unread(ClusterException e) {
        var trouble = e.isForWantOfARight()
                ? "it may not be read: kubectl apply -f knative/base/230-own-namespace.yaml"
                : "it cannot be read: " + e.kind();
        return e.passing()
                ? new Read(
                        last.data(),
                        last.signatures(),
                        List.of(trouble),
                        clock.instant().plus(TROUBLE_KEPT))
                : without(trouble);
    }

    private Read without(String trouble) {
        return new Read(
                Map.of(), OwnSignatures.NONE, List.of(trouble), clock.instant().plus(KEPT));
    }

    private static List<String> lines(List<UnusableSignature> unusable) {
        var shown = unusable.stream().limit(SHOWN).map(UnusableSignature::toString);
        return unusable.size() > SHOWN
                ? Stream.concat(shown, Stream.of("and %d more".formatted(unusable.size() - SHOWN)))
                        .toList()
                : shown.toList();
    }

    /** Once for each change. */
    private void tell(Read now) {
        if (!now.trouble().equals(last.trouble())) {
            now.trouble().forEach(line -> LOG.warn("ConfigMap {}/{}: {}", namespace, NAME, line));
        }
        if (!now.data().equals(last.data())) {
            LOG.info(
                    "ConfigMap {}/{}: {} signatures of your own count",
                    namespace,
                    NAME,
                    now.signatures().all().size());
        }
    }
}
