package dev.kubesent.pipeline;

import dev.kubesent.consultation.Consultation;
import dev.kubesent.evidence.Reach;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import java.time.Duration;

/**
 * What the user has set.
 *
 * @param retention how long a finished incident is kept after it was last written to
 * @param ask when a doctor is asked
 * @param tellsAcrossNamespaces whether an incident tells of what is in other namespaces
 */
public record Policies(
        GatePolicy gate,
        SurvivalPolicy survival,
        Duration retention,
        Consultation.Ask ask,
        boolean tellsAcrossNamespaces) {

    public Policies tellingAcrossNamespaces(boolean tells) {
        return new Policies(gate, survival, retention, ask, tells);
    }

    Reach reach() {
        return tellsAcrossNamespaces ? Reach.ALL_NAMESPACES : Reach.OWN_NAMESPACE;
    }
}
