package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.OutcomeRecord;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.RecordWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes incidents whose workload is gone, and deletes finished ones in time. */
public final class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    /** Incidents in one page: each takes up to some 50 KB of heap. */
    private static final int PAGE = 50;

    private final ClusterReader reader;
    private final RecordWriter writer;
    private final Consumer<Incident> moved;
    private final Consumer<Incident> archive;
    private final Duration retention;
    private final Clock clock;

    /**
     * @param moved is told of each incident that is closed
     * @param archive is told of each incident right before it is deleted; an UncheckedIOException keeps it
     * @param retention how long a finished incident is kept after the last thing that happened to it
     */
    public Housekeeping(
            ClusterReader reader,
            RecordWriter writer,
            Consumer<Incident> moved,
            Consumer<Incident> archive,
            Duration retention,
            Clock clock) {
        this.moved = moved;
        this.archive = archive;
        this.reader = reader;
        this.writer = writer;
        this.retention = retention;
        this.clock = clock;
    }

    public record Tidied(int closed, int deleted) {}

    /** One that cannot be written does not keep the others. @param isGone whether what an incident is about exists no more */
    public Tidied tidy(Predicate<Incident> isGone) {
        int closed = 0;
        int deleted = 0;
        var next = "";
        do {
            var page = reader.page(Incident.class, "", FieldSelector.ALL, PAGE, next);
            for (var incident : page.items()) {
                if (isAtWork(incident.progress())) {
                    continue;
                }
                if (isForgotten(incident)) {
                    deleted += delete(incident);
                } else if (incident.progress().phase().isUndecided() && isGone(incident, isGone)) {
                    closed += close(incident);
                }
            }
            next = page.next();
        } while (!next.isEmpty());
        return new Tidied(closed, deleted);
    }

    private boolean isAtWork(IncidentStatus status) {
        var neverTaken = status.phase() == Phase.Opened && status.seen() == null;
        var held = status.lease() != null && status.lease().holdsAt(now());
        return held || (status.phase().unfinished() && !neverTaken);
    }

    private int delete(Incident incident) {
        return attempt(incident, () -> {
            archive.accept(incident);
            writer.delete(incident);
        });
    }

    private int close(Incident incident) {
        return attempt(
                incident,
                () -> new IncidentWriter(reader, writer, moved, clock)
                        .replaceStatus(incident, closed(incident.progress())));
    }

    private static boolean isGone(Incident incident, Predicate<Incident> isGone) {
        try {
            return isGone.test(incident);
        } catch (ClusterException e) {
            LOG.info("{} is left for the next sweep: {}", incident.getMetadata().getName(), e.getMessage());
            return false;
        }
    }

    private IncidentStatus closed(IncidentStatus status) {
        var why = "what it is about is gone";
        return status.ended(Phase.Closed, new OutcomeRecord(why, "", now())).telling(now(), why);
    }

    private boolean isForgotten(Incident incident) {
        var status = incident.progress();
        var last = Stream.of(
                        status.seen() == null ? null : status.seen().last(),
                        status.verdict() == null ? null : status.verdict().at(),
                        status.outcome() == null ? null : status.outcome().at(),
                        status.acts().stream()
                                .map(ActRecord::at)
                                .max(Comparator.naturalOrder())
                                .orElse(null))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        // One that was created and never taken has no time of ours.
        return !last.orElseGet(() -> Instant.parse(incident.getMetadata().getCreationTimestamp()))
                .plus(retention)
                .isAfter(now());
    }

    private static int attempt(Incident incident, Runnable write) {
        try {
            write.run();
            return 1;
        } catch (ClusterException e) {
            if (e.kind() != Kind.CONFLICT && e.kind() != Kind.NOT_FOUND) {
                LOG.info(
                        "{} is left for the next sweep: {}",
                        incident.getMetadata().getName(),
                        e.getMessage());
            }
            return 0;
        } catch (UncheckedIOException e) {
            LOG.warn(
                    "{} is not deleted, as it cannot be archived: {}",
                    incident.getMetadata().getName(),
                    e.getMessage());
            return 0;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
