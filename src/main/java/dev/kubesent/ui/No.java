package dev.kubesent.ui;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import java.util.Optional;

/** A person's no: no change is made for the incident as long as it stands. */
final class No {

    /** Characters of a reason; KubeSent reads no more. */
    static final int LONGEST = 500;

    private static final String REJECTED = "REJECTED:";

    private No() {}

    /** Whether a no would change anything: a change may still be made, and nobody has said no. */
    static boolean canBeSaid(Incident incident) {
        return incident.progress().phase().isBeforeAnAct() && !isSaid(incident);
    }

    private static boolean isSaid(Incident incident) {
        return Optional.ofNullable(incident.progress().verdict()).map(VerdictRecord::reasons).stream()
                .flatMap(reasons -> reasons.stream())
                .anyMatch(reason -> reason.startsWith(REJECTED));
    }

    /** As it is merged into the incident's spec. */
    static ObjectNode because(Incident incident, String reason) {
        var spec = JsonNodeFactory.instance.objectNode().put("rejected", reason);
        return incident.getSpec().approved() ? spec.put("approved", false) : spec;
    }
}
