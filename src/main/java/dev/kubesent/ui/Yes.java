package dev.kubesent.ui;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.incident.Incidents;

/** A person's yes. */
final class Yes {

    private Yes() {}

    /** Whether a yes would let it go on: a change is proposed, and nobody has said yes to it. */
    static boolean isAskedFor(Incident incident) {
        return incident.progress().phase() == Phase.Proposed && canBeSaid(incident);
    }

    /** Also while it only waits for its time: then nobody is asked for it. */
    static boolean canBeSaid(Incident incident) {
        return incident.progress().phase().isRight() && !fingerprint(incident).isEmpty() && !isSaid(incident);
    }

    /** To the change that is proposed now, and not to one that was proposed before; and not used up. */
    static boolean isSaid(Incident incident) {
        var named = incident.getSpec().approvedFingerprint();
        var read = incident.progress().approval();
        var to = named != null && !named.isEmpty() ? named : read == null ? fingerprint(incident) : read.fingerprint();
        return incident.getSpec().approved()
                && to.equals(fingerprint(incident))
                && (read == null || !read.used() || Incidents.isApprovedAnew(incident));
    }

    static String fingerprint(Incident incident) {
        var verdict = incident.progress().verdict();
        return verdict == null ? "" : Shown.line(verdict.fingerprint());
    }

    /** As it is merged into the incident's spec, and takes a no back: to exactly the change that the person saw. @param fingerprint 64 hexadecimal digits */
    static ObjectNode to(String fingerprint) {
        return spec().put("approved", true)
                .put("approvedFingerprint", fingerprint)
                .putNull("rejected");
    }

    /** Before a yes where one stands that is used up, or was to another change: it counts anew only after it was taken back. */
    static ObjectNode takenBack() {
        return spec().put("approved", false);
    }

    /** With a yes go the names that stood for another, and the second yes: the API server takes none of them over. */
    private static ObjectNode spec() {
        return JsonNodeFactory.instance
                .objectNode()
                .putNull("approvedBy")
                .putNull("approvedAgain")
                .putNull("approvedAgainBy");
    }
}
