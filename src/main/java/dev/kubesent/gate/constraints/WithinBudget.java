package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.incident.IncidentFields;
import java.time.Clock;
import java.util.Optional;

/** So many changes in one namespace within an hour; what is beyond that is a person's to look at. */
final class WithinBudget implements Constraint {

    /** Incidents changed in one namespace within two hours; more than a budget allows, unless somebody has set a very large one. */
    private static final int CHANGED = 200;

    private final ClusterReader cluster;
    private final Clock clock;

    WithinBudget(ClusterReader cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change().flatMap(_ -> spent(judged));
    }

    private Optional<Refusal> spent(Case judged) {
        try {
            var made = made(judged.namespace());
            return made >= judged.policy().breakers().budget()
                    ? Constraint.no(
                            RefusalReason.BUDGET_SPENT,
                            made + " changes were made in " + judged.namespace() + " within the last hour")
                    : Optional.empty();
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return Constraint.no(RefusalReason.CANNOT_TELL, "what was changed in the namespace: " + e.getMessage());
        }
    }

    private long made(String namespace) {
        var now = clock.instant();
        var since = now.minus(GatePolicy.BUDGET_WINDOW);
        return IncidentFields.changedSince(since, now).stream()
                .flatMap(span -> cluster.first(Incident.class, namespace, span, CHANGED).stream())
                .flatMap(incident -> incident.progress().changes())
                .filter(at -> !at.isBefore(since))
                .count();
    }
}
