package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentSpec;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.RecordWriter;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Writes incidents, and says so each time one gets to another phase.
 *
 * @param moved is told of it, as it was written
 */
record IncidentWriter(ClusterReader reader, RecordWriter writer, Consumer<Incident> moved, Clock clock) {

    private static final int TRIES = 3;
    private static final String NOT_INSTALLED =
            "cannot write Incidents; is the CRD installed (kubectl apply -f knative/base/100-incident-crd.yaml)? ";

    /** @return the one that is there, where somebody was faster */
    Incident open(IncidentSpec spec, String namespace, String name, Map<String, String> annotations) {
        var incident = new Incident();
        incident.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("app.kubernetes.io/managed-by", "kubesent")
                .withAnnotations(annotations)
                .build());
        incident.setSpec(spec);
        try {
            var opened = writer.create(incident);
            moved.accept(opened);
            return opened;
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.NOT_FOUND) {
                throw new ClusterException(
                        ClusterException.Kind.BROKEN, NOT_INSTALLED + e.getMessage(), e, NOT_INSTALLED);
            }
            if (e.kind() != ClusterException.Kind.ALREADY_EXISTS) {
                throw e;
            }
            return reader.get(Incident.class, namespace, name).orElseThrow(() -> e);
        }
    }

    Incident replaceStatus(Incident before, IncidentStatus next) {
        return replaceStatus(before, List.of(next));
    }

    /** Steps that are written as one; each phase that it went through is told all the same. */
    private Incident replaceStatus(Incident before, List<IncidentStatus> steps) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var written = writer.replaceStatus(before.with(Conditions.written(steps.getLast(), now)));
        var phase = before.progress().phase();
        for (var step : steps.subList(0, steps.size() - 1)) {
            if (step.phase() != phase) {
                moved.accept(before.with(step));
            }
            phase = step.phase();
        }
        if (steps.getLast().phase() != phase) {
            moved.accept(written);
        }
        return written;
    }

    /** @throws LeaseLostException where it is somebody else's by now */
    Incident write(Incident incident, UnaryOperator<IncidentStatus> step) {
        return writeAll(incident, status -> List.of(step.apply(status)));
    }

    /** @param steps one after the other, in one write @throws LeaseLostException where it is somebody else's by now */
    Incident writeAll(Incident incident, Function<IncidentStatus, List<IncidentStatus>> steps) {
        var current = incident;
        for (int tries = 1; ; tries++) {
            try {
                return replaceStatus(current, steps.apply(current.progress()));
            } catch (ClusterException e) {
                if (e.kind() != ClusterException.Kind.CONFLICT || tries == TRIES) {
                    throw e;
                }
                // A person may have labelled or annotated it: only the lease says whether it is still ours.
                current = stillOurs(incident);
            }
        }
    }

    static String holderOf(Incident incident) {
        var lease = incident.progress().lease();
        if (lease == null) {
            throw new LeaseLostException(incident.getMetadata().getName());
        }
        return lease.holder();
    }

    private Incident stillOurs(Incident incident) {
        var meta = incident.getMetadata();
        return reader.get(Incident.class, meta.getNamespace(), meta.getName())
                .filter(live -> live.progress().lease() != null
                        && live.progress().lease().holder().equals(holderOf(incident)))
                .orElseThrow(() -> new LeaseLostException(meta.getName()));
    }
}
