package dev.kubesent.report;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.RecordWriter;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events on the workload, and where something is changed or proposed on the pod as well, where people look first: {@code kubectl describe}. */
public final class KubernetesEvents implements Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);

    /** The API server refuses a longer message (core/v1 Event validation). */
    private static final int MESSAGE_LENGTH = 1024;

    private final RecordWriter writer;
    private final Clock clock;

    public KubernetesEvents(RecordWriter writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public void tell(Finished finished) {
        about(finished).distinct().forEach(about -> write(event(finished, about)));
    }

    /**
     * What is only told, and neither changed nor proposed, stands at the workload alone: of a thousand failures at once, it is a write less of each.
     * So does what waits for its time and asks nobody anything, and a change of the template, which puts another pod in the place of this one. What
     * nothing but a storm holds up is told with the storm: of a thousand workloads that is a thousand writes less when the API server has most to do.
     */
    private static Stream<ObjectRef> about(Finished finished) {
        return switch (finished.reason()) {
            case HealingManual, HealingRefused -> Stream.of(finished.workload());
            case HealingPostponed -> finished.toldWithItsStorm() ? Stream.empty() : Stream.of(finished.workload());
            case HealingApplied ->
                finished.hasChangedTemplate()
                        ? Stream.of(finished.workload())
                        : Stream.of(finished.pod(), finished.workload());
            case HealingProposed,
                    HealingVerified,
                    HealingUndone,
                    HealingFailed,
                    HealingSuperseded,
                    HealingClosed,
                    HealingWaiting,
                    HealingInterrupted -> Stream.of(finished.pod(), finished.workload());
        };
    }

    private void write(Event event) {
        try {
            writer.create(event);
        } catch (ClusterException e) {
            LOG.warn("no Event about {}: {}", event.getInvolvedObject().getName(), e.getMessage());
        }
    }

    private Event event(Finished finished, ObjectRef about) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var incident = finished.incident().getMetadata().getName();
        var message = "incident " + incident + ": " + finished.sentence();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.namespace())
                .withName(about.name() + "." + Long.toHexString(clock.millis()) + "."
                        + about.kind().toLowerCase(Locale.ROOT))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.apiVersion())
                .withKind(about.kind())
                .withNamespace(about.namespace())
                .withName(about.name())
                .withUid(about.uid())
                .endInvolvedObject()
                .withType(finished.reason().eventType())
                .withReason(finished.reason().name())
                .withMessage(message.substring(0, Math.min(message.length(), MESSAGE_LENGTH)))
                .withNewSource()
                .withComponent("kubesent")
                .endSource()
                .withReportingComponent("kubesent.dev/kubesent")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
    }
}
