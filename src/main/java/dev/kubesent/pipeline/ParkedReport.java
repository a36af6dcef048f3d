package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.report.Finished;
import dev.kubesent.report.Reporter;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of an incident that was put aside: on its pod, where that still is, and on itself. */
record ParkedReport(ClusterReader reader, Reporter reporter) {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedReport.class);

    Incident tell(Incident parked) {
        var itself = ObjectRef.of(parked);
        reporter.tell(new Finished(parked, pod(parked).map(ObjectRef::of).orElse(itself), itself));
        return parked;
    }

    private Optional<Pod> pod(Incident parked) {
        var seen = parked.progress().seen();
        try {
            return seen == null
                    ? Optional.empty()
                    : reader.get(Pod.class, parked.getMetadata().getNamespace(), seen.pod());
        } catch (ClusterException e) {
            LOG.info(
                    "{} is reported on the incident alone, as its pod cannot be read: {}",
                    parked.getMetadata().getName(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
