package dev.kubesent.storm;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.gate.Refused;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.gate.bounds.StormGauge;
import dev.kubesent.gate.bounds.StormGauge.Extent;
import dev.kubesent.time.Recent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a storm down, so that every process knows when it was last seen, and says so once: one log line, and one Event on
 * the record, in KubeSent's own namespace.
 */
public final class Storms {

    private static final Logger LOG = LoggerFactory.getLogger("kubesent.storm");

    /** The record is not written more often than that. */
    private static final Duration NOTED_AGAIN_AFTER = Duration.ofMinutes(1);

    /**
     * So long a storm that was just seen is taken to go on: what fails meanwhile is diagnosed and written down, and no change is judged that the gate
     * would not let through. Of a thousand workloads that fail at once, that is ten reads less for each.
     */
    private static final Duration GOES_ON = Duration.ofSeconds(30);

    /** Namespaces; one takes about 300 bytes. */
    private static final int NAMESPACES = 1_000;

    private static final String SINCE = "since";
    private static final String WHAT = "what";

    private final ClusterReader reader;
    private final RecordWriter writer;
    private final GatePolicy policy;
    private final Recent<String, Refusal> blowing;
    private final Clock clock;

    public Storms(ClusterReader reader, RecordWriter writer, GatePolicy policy, Clock clock) {
        this.reader = reader;
        this.writer = writer;
        this.policy = policy;
        this.blowing = new Recent<>(NAMESPACES, clock);
        this.clock = clock;
    }

    /** What was said of the storm that this process has seen a moment ago, if it reaches this namespace; nothing is read for it. */
    public Optional<Refusal> blowing(String namespace) {
        return Stream.of(Extent.values())
                .flatMap(extent -> blowing.get(extent.suffix(namespace)).stream())
                .findFirst();
    }

    /** Whether nothing but a storm is said no for, and that was told of a moment ago. */
    public boolean isTold(Refused refused, String namespace) {
        return blowing(namespace).isPresent()
                && refused.reasons().stream().allMatch(refusal -> isStorm(refusal.reason()));
    }

    private static boolean isStorm(RefusalReason reason) {
        return reason == RefusalReason.STORM || reason == RefusalReason.STORM_IN_NAMESPACE;
    }

    /** Never throws for the cluster's sake: the storm keeps the hands off, written down or not. @param namespace of the workload */
    public void note(Refused refused, String namespace) {
        if (blowing(namespace).isPresent()) {
            return; // noted a moment ago
        }
        for (var refusal : refused.reasons()) {
            if (refusal.reason() == RefusalReason.STORM) {
                note(Extent.CLUSTER.suffix(namespace), refusal);
            } else if (refusal.reason() == RefusalReason.STORM_IN_NAMESPACE) {
                note(Extent.NAMESPACE.suffix(namespace), refusal);
            }
        }
    }

    /** @param of which storm: the end of the names of its entries */
    private void note(String of, Refusal refusal) {
        blowing.put(of, refusal, GOES_ON);
        note(of, refusal.detail());
    }

    private void note(String of, String what) {
        try {
            var known = reader.get(ConfigMap.class, policy.ownNamespace(), StormGauge.RECORD);
            if (known.isEmpty()) {
                say(writer.create(with(empty(), of, what, now().toString())), what);
                return;
            }
            var last = last(data(known.get()), of);
            if (isOver(last)) {
                say(writer.replace(with(known.get(), of, what, now().toString())), what);
            } else if (last.plus(NOTED_AGAIN_AFTER).isBefore(now())) {
                var since = data(known.get()).getOrDefault(SINCE + of, now().toString());
                writer.replace(with(known.get(), of, what, since));
            }
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.CONFLICT || e.kind() == ClusterException.Kind.ALREADY_EXISTS) {
                return; // another process was faster
            }
            LOG.warn("a storm that could not be written down ({}): {}", e.getMessage(), what);
        }
    }

    private void say(ConfigMap record, String what) {
        LOG.warn("Storm: {}; nothing is changed before {} after its end", what, coolDown());
        var now = now().toString();
        writer.create(new EventBuilder()
                .withNewMetadata()
                .withNamespace(record.getMetadata().getNamespace())
                .withName("kubesent-storm." + Long.toHexString(clock.millis()))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withNamespace(record.getMetadata().getNamespace())
                .withName(record.getMetadata().getName())
                .withUid(record.getMetadata().getUid())
                .endInvolvedObject()
                .withType("Warning")
                .withReason("Storm")
                .withMessage(
                        what + ": KubeSent changes nothing until health is back and " + coolDown() + " have passed")
                .withNewSource()
                .withComponent("kubesent")
                .endSource()
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build());
    }

    private boolean isOver(Instant last) {
        return !last.plus(coolDown()).isAfter(now());
    }

    private Duration coolDown() {
        return policy.breakers().stormCoolDown();
    }

    /** Somebody may have edited it. */
    private static Instant last(Map<String, String> data, String of) {
        try {
            return Instant.parse(data.getOrDefault(StormGauge.LAST + of, ""));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static Map<String, String> data(ConfigMap record) {
        return Objects.requireNonNullElse(record.getData(), Map.of());
    }

    private ConfigMap empty() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(policy.ownNamespace())
                .withName(StormGauge.RECORD)
                .addToLabels("app.kubernetes.io/managed-by", "kubesent")
                .endMetadata()
                .build();
    }

    /** Keeps the storms of others for as long as they are not over, so that the record does not grow for ever. */
    private ConfigMap with(ConfigMap record, String of, String what, String since) {
        var data = new TreeMap<String, String>();
        data(record).forEach((key, value) -> {
            var end = key.contains(".") ? key.substring(key.indexOf('.')) : "";
            if (!isOver(last(data(record), end))) {
                data.put(key, value);
            }
        });
        data.put(SINCE + of, since);
        data.put(StormGauge.LAST + of, now().toString());
        data.put(WHAT + of, what);
        return new ConfigMapBuilder(record).withData(data).build();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
