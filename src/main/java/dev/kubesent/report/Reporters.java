package dev.kubesent.report;

import dev.kubesent.incident.Incident;
import java.util.List;

/** Tells all of them. */
public record Reporters(List<Reporter> all) implements Reporter {

    public Reporters {
        all = List.copyOf(all);
    }

    @Override
    public void tell(Finished finished) {
        all.forEach(reporter -> reporter.tell(finished));
    }

    @Override
    public void handled(EventOutcome outcome) {
        all.forEach(reporter -> reporter.handled(outcome));
    }

    @Override
    public void moved(Incident incident) {
        all.forEach(reporter -> reporter.moved(incident));
    }
}
