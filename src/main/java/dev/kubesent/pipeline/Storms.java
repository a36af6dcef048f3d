package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.Refused;
import dev.kubesent.gate.StormGauge;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a storm down, so that every process knows when it was last seen, and says so once: one log line, and one Event on
 * the record, in KubeSent's own namespace.
 */
final class Storms {

    private static final Logger LOG = LoggerFactory.getLogger("kubesent.storm");

    /** The record is not written more often than that. */
    private static final Duration NOTED_AGAIN_AFTER = Duration.ofMinutes(1);

    private static final String SINCE = "since";
    private static final String WHAT = "what";

    private final ClusterReader reader;
    private final RecordWriter writer;
    private final Policies policies;
    private final Clock clock;

    Storms(ClusterReader reader, RecordWriter writer, Policies policies, Clock clock) {
        this.reader = reader;
        this.writer = writer;
        this.policies = policies;
        this.clock = clock;
    }

    /** Never throws for the cluster's sake: the storm keeps the hands off, written down or not. */
    void note(Refused refused) {
        refused.reasons().stream()
                .filter(refusal -> refusal.reason() == RefusalReason.STORM)
                .map(Refusal::detail)
                .findFirst()
                .ifPresent(this::note);
    }

    private void note(String what) {
        try {
            var known = reader.get(ConfigMap.class, policies.gate().ownNamespace(), StormGauge.RECORD);
            if (known.isEmpty()) {
                say(writer.create(record(what)), what);
            } else if (isOver(known.get())) {
                say(writer.replace(with(known.get(), what, now().toString())), what);
            } else if (last(known.get()).plus(NOTED_AGAIN_AFTER).isBefore(now())) {
                var since = data(known.get()).getOrDefault(SINCE, now().toString());
                writer.replace(with(known.get(), what, since));
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

    private boolean isOver(ConfigMap record) {
        return !last(record).plus(coolDown()).isAfter(now());
    }

    private Duration coolDown() {
        return policies.gate().breakers().stormCoolDown();
    }

    private static Instant last(ConfigMap record) {
        var last = data(record).get(StormGauge.LAST);
        return last == null ? Instant.EPOCH : Instant.parse(last);
    }

    private static Map<String, String> data(ConfigMap record) {
        return Objects.requireNonNullElse(record.getData(), Map.of());
    }

    private ConfigMap record(String what) {
        var empty = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(policies.gate().ownNamespace())
                .withName(StormGauge.RECORD)
                .addToLabels("app.kubernetes.io/managed-by", "kubesent")
                .endMetadata()
                .build();
        return with(empty, what, now().toString());
    }

    private ConfigMap with(ConfigMap record, String what, String since) {
        return new ConfigMapBuilder(record)
                .withData(Map.of(SINCE, since, StormGauge.LAST, now().toString(), WHAT, what))
                .build();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
