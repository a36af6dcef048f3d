package dev.kubesent.report;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts finished incidents by reason, failure and cause, each a closed set. */
public final class Counters implements Reporter {

    private final MeterRegistry registry;

    public Counters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void tell(Finished finished) {
        registry.counter(
                        "kubesent.incidents",
                        "reason",
                        finished.reason().tag(),
                        "failure",
                        finished.incident().getSpec().failure().name(),
                        "cause",
                        finished.cause().isEmpty() ? "none" : finished.cause())
                .increment();
    }
}
