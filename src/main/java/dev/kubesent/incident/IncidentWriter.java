package dev.kubesent.incident;

import dev.kubesent.cluster.RecordWriter;
import java.util.function.Consumer;

/**
 * Writes incidents, and says so each time one gets to another phase.
 *
 * @param moved is told of it, as it was written
 */
record IncidentWriter(RecordWriter writer, Consumer<Incident> moved) {

    Incident create(Incident incident) {
        var opened = writer.create(incident);
        moved.accept(opened);
        return opened;
    }

    Incident replaceStatus(Incident before, IncidentStatus next) {
        var written = writer.replaceStatus(before.with(next));
        if (before.progress().phase() != next.phase()) {
            moved.accept(written);
        }
        return written;
    }
}
