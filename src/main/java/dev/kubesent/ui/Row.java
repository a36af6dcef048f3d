package dev.kubesent.ui;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import java.time.Instant;

/**
 * One incident in the list.
 *
 * @param workload as {@code Deployment/web}; the pod's controller until it is known
 * @param container empty for a run that left no pod
 * @param cause empty until it is diagnosed
 * @param confidence from 0 to 100
 * @param seen when it was first seen
 * @param last when something last happened to it
 * @param isForYou whether a person's yes lets it go on
 */
record Row(
        String namespace,
        String name,
        String workload,
        String container,
        String failure,
        Phase phase,
        String cause,
        int confidence,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant seen,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant last,
        boolean isForYou) {

    static Row of(Incident incident) {
        var status = incident.progress();
        var spec = incident.getSpec();
        var diagnosis = status.diagnosis();
        var created = Instant.parse(incident.getMetadata().getCreationTimestamp());
        var seen = status.seen() == null ? created : status.seen().first();
        return new Row(
                incident.getMetadata().getNamespace(),
                incident.getMetadata().getName(),
                Shown.line(status.workload().isEmpty() ? spec.ownerKind() + "/" + spec.ownerName() : status.workload()),
                Shown.line(spec.container()),
                String.valueOf(spec.failure()),
                status.phase(),
                diagnosis == null ? "" : Shown.line(diagnosis.cause()),
                diagnosis == null ? 0 : diagnosis.confidence(),
                seen,
                Moments.last(status, seen),
                Yes.isAskedFor(incident));
    }

    /** What it is grouped by in the plots. */
    Trends.End end() {
        return switch (phase) {
            case Healed -> Trends.End.HEALED;
            case NoAutomaticFix -> Trends.End.MANUAL;
            case Refused -> Trends.End.REFUSED;
            case Proposed -> Trends.End.PROPOSED;
            case Failed -> Trends.End.FAILED;
            case Superseded, Closed -> Trends.End.CLOSED;
            case Opened, Diagnosed, Waiting, Acting, Verifying, Undoing -> Trends.End.OPEN;
        };
    }

    String causeOr(String otherwise) {
        return cause.isEmpty() ? otherwise : cause;
    }
}
