package dev.kubesent.report;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts, with tags of closed sets only: no name of a pod or a namespace becomes a time series. */
public final class Counters implements Reporter {

    private static final String REASON = "reason";
    private static final String EVENTS = "kubesent.events";
    private static final String PHASES = "kubesent.phases";
    private static final String REFUSALS = "kubesent.refusals";
    private static final String SWEEPS = "kubesent.sweeps";

    private final MeterRegistry registry;
    private final Clock clock;
    /** To find a counter costs more than to count. */
    private final Map<EventOutcome, Counter> events = new EnumMap<>(EventOutcome.class);

    public Counters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        begin();
    }

    /** At zero: of a counter that begins with its first count, increase() sees nothing. */
    private void begin() {
        for (var outcome : EventOutcome.values()) {
            events.put(outcome, registry.counter(EVENTS, "outcome", outcome.name()));
        }
        for (var phase : Phase.values()) {
            registry.counter(PHASES, "phase", phase.name());
        }
        registry.counter(SWEEPS);
    }

    @Override
    public void swept() {
        registry.counter(SWEEPS).increment();
    }

    @Override
    public void handled(EventOutcome outcome) {
        Objects.requireNonNull(events.get(outcome)).increment();
    }

    /** In the timer that {@link Traces} makes of what it follows, by the same tags. */
    @Override
    public void took(Stage stage, Duration time, String error) {
        registry.timer(Traces.STAGE_TIMER, "error", error, "stage", stage.name())
                .record(time);
    }

    @Override
    public void tell(Finished finished) {
        registry.counter(
                        "kubesent.incidents",
                        REASON,
                        finished.reason().tag(),
                        "failure",
                        finished.incident().getSpec().failure().name(),
                        "cause",
                        finished.cause().isEmpty() ? "none" : finished.cause())
                .increment();
    }

    @Override
    public void moved(Incident incident) {
        var status = incident.progress();
        registry.counter(PHASES, "phase", status.phase().name()).increment();
        if (status.phase().isUndecided()) {
            refused(status);
        }
        if (status.phase() == Phase.Healed && status.seen() != null) {
            registry.timer("kubesent.healed")
                    .record(Duration.between(status.seen().first(), clock.instant()));
        }
    }

    private void refused(IncidentStatus status) {
        if (status.verdict() != null) {
            status.verdict()
                    .codes()
                    .forEach(
                            reason -> registry.counter(REFUSALS, REASON, reason).increment());
        }
    }
}
