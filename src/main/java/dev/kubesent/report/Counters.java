package dev.kubesent.report;

import dev.kubesent.incident.Incident;
import dev.kubesent.incident.IncidentStatus;
import dev.kubesent.incident.Phase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts, with tags of closed sets only: no name of a pod or a namespace becomes a time series. */
public final class Counters implements Reporter {

    private static final String REASON = "reason";

    private final MeterRegistry registry;
    private final Clock clock;
    /** To find a counter costs more than to count. */
    private final Map<EventOutcome, Counter> events = new ConcurrentHashMap<>();

    public Counters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void handled(EventOutcome outcome) {
        events.computeIfAbsent(outcome, one -> registry.counter("kubesent.events", "outcome", one.name()))
                .increment();
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
        registry.counter("kubesent.phases", "phase", status.phase().name()).increment();
        if (status.phase() == Phase.Refused || status.phase() == Phase.Proposed) {
            refused(status);
        }
        if (status.phase() == Phase.Healed && status.seen() != null) {
            registry.timer("kubesent.healed")
                    .record(Duration.between(status.seen().first(), clock.instant()));
        }
    }

    /** By the constants of {@code gate.RefusalReason}, which begin each reason. */
    private void refused(IncidentStatus status) {
        if (status.verdict() != null) {
            status.verdict().reasons().stream()
                    .map(reason -> reason.split(":", 2)[0])
                    .filter(reason -> reason.matches("[A-Z_]+"))
                    .distinct()
                    .forEach(reason -> registry.counter("kubesent.refusals", REASON, reason)
                            .increment());
        }
    }
}
