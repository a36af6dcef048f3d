package dev.kubesent.report;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Each stage as an observation: how long it takes, as the timer {@code kubesent.stage}, and where traces are exported, a span, within the
 * span of its incident.
 */
public final class Traces implements Reporter {

    static final String STAGE_TIMER = "kubesent.stage";

    private final ObservationRegistry registry;

    public Traces(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void tell(Finished finished) {
        // it only follows what takes time
    }

    /** The incident's name is on the span only: as a tag of the timer it would be a time series for each. */
    @Override
    public StageSpan begun(Stage stage, String incident) {
        var observation = Observation.createNotStarted(STAGE_TIMER, registry)
                .contextualName(stage.label())
                .lowCardinalityKeyValue("stage", stage.name())
                .highCardinalityKeyValue("incident", incident)
                .highCardinalityKeyValue("k8s.namespace.name", incident.split("/", 2)[0])
                .start();
        var scope = observation.openScope();
        return new StageSpan() {
            @Override
            public void failed(RuntimeException e) {
                observation.error(e);
            }

            @Override
            public void close() {
                scope.close();
                observation.stop();
            }
        };
    }
}
