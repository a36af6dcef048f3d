package dev.kubesent.scan;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.gate.constraints.Constraints;

/** Asks the API server in a dry run whether it would take a change from the person who looks. Nothing is changed by it. */
record Trial(DryRun dryRun) {

    /** In a sentence; of a person without the right to make the change, that it could not be tried. */
    String of(Change change) {
        try {
            return Constraints.whyServerRefuses(change, dryRun)
                    .map(Trial::told)
                    .orElse("the API server would accept it from you (dry run)");
        } catch (ClusterException e) {
            return "not tried: " + e.getMessage();
        }
    }

    private static String told(Refusal refusal) {
        return refusal.reason() == RefusalReason.RIGHT_MISSING
                ? "not tried, as you have no right to make this change: " + refusal.detail()
                : "the API server would refuse it (dry run): " + refusal.detail();
    }
}
