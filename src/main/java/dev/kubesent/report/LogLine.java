package dev.kubesent.report;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each finished incident, as key=value pairs. */
public final class LogLine implements Reporter {

    private static final Logger LOG = LoggerFactory.getLogger("kubesent.incidents");

    @Override
    public void tell(Finished finished) {
        var incident = finished.incident();
        LOG.info(
                "reason={} incident={}/{} workload={} pod={} container={} failure={} cause={} confidence={} detail=\"{}\"",
                finished.reason(),
                incident.getMetadata().getNamespace(),
                incident.getMetadata().getName(),
                finished.workload().display(),
                finished.pod().name(),
                incident.getSpec().container(),
                incident.getSpec().failure(),
                finished.cause(),
                finished.confidence(),
                finished.sentence().replace('"', '\''));
    }
}
