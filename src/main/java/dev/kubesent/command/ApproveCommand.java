package dev.kubesent.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.api.v1alpha1.RefusalReason.Weight;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.incident.Incidents;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code approve}: yes to the exact change that the incident shows now (docs/decisions/0039). It names the change's fingerprint, so that a change that is
 * proposed a moment later is not approved by it.
 */
@Command(
        name = "approve",
        description = "Approve the change that an incident proposes now, and no other.",
        footerHeading = Rendering.RIGHTS,
        footer = "get, patch and approve incidents.kubesent.dev in the namespace: the ClusterRole kubesent-approver.")
public final class ApproveCommand extends PersonCommand {

    @Mixin
    private OneIncident which = new OneIncident();

    public ApproveCommand(Reach reach) {
        super(reach);
    }

    @Override
    String answer(Reach.Reached cluster) {
        var namespace = which.namespace(cluster);
        var incident = new KnownIncidents(cluster.reader()).named(namespace, which.name());
        var verdict = Optional.ofNullable(incident.progress().verdict());
        refuseWhereNothingIsProposed(incident);
        var fingerprint = verdict.map(VerdictRecord::fingerprint).orElse("");
        if (stands(incident, fingerprint)) {
            return "%s is approved already. %s".formatted(which.name(), waits(incident));
        }
        var right = right(namespace);
        if (incident.getSpec().approved()) {
            // A yes that was said before is used up, or was for another change: it counts anew only after a no.
            var no = named(JsonNodeFactory.instance.objectNode().put("approved", false));
            write(() -> cluster.writer().say(namespace, which.name(), no), right);
        }
        write(() -> cluster.writer().say(namespace, which.name(), yes(fingerprint)), right);
        return verdict.map(VerdictRecord::change)
                        .filter(change -> !change.isEmpty())
                        .map(change -> change + "\n")
                        .orElse("")
                + "Approved %s. %s".formatted(which.name(), waits(incident));
    }

    private static String right(String namespace) {
        return ("To approve, you need the verb approve on incidents.kubesent.dev in namespace %1$s. Somebody who may"
                        + " bind roles there grants it: kubectl create rolebinding kubesent-approver-YOU -n %1$s"
                        + " --clusterrole=kubesent-approver --user=YOU")
                .formatted(namespace);
    }

    private static ObjectNode yes(String fingerprint) {
        var spec = named(
                JsonNodeFactory.instance.objectNode().put("approved", true).putNull("rejected"));
        return fingerprint.isEmpty()
                ? spec.putNull("approvedFingerprint")
                : spec.put("approvedFingerprint", fingerprint);
    }

    /** With a yes go the names that stood for another, and the second yes: the API server takes none of them over. */
    private static ObjectNode named(ObjectNode spec) {
        return spec.putNull("approvedBy").putNull("approvedAgain").putNull("approvedAgainBy");
    }

    private static boolean stands(Incident incident, String fingerprint) {
        return Incidents.rejection(incident).isEmpty()
                && Incidents.approval(incident)
                        .filter(said ->
                                !fingerprint.isEmpty() && said.fingerprint().equals(fingerprint))
                        .isPresent();
    }

    private void refuseWhereNothingIsProposed(Incident incident) {
        var status = incident.progress();
        var isOpen = switch (status.phase()) {
            case Waiting, Proposed -> true;
            case Failed -> Incidents.isParked(incident);
            case NoAutomaticFix, Refused, Opened, Diagnosed ->
                Incidents.rejection(incident).isPresent();
            case Acting, Verifying, Undoing, Healed, Superseded, Closed -> false;
        };
        if (!isOpen) {
            throw new NotDoneException("there is nothing to approve: %s is at phase %s. %s"
                    .formatted(which.name(), status.phase(), String.join(" ", Asked.wholly(incident))));
        }
    }

    private static String waits(Incident incident) {
        var holds = Asked.reasons(incident).stream()
                .filter(reason -> reason != RefusalReason.REJECTED)
                .filter(reason -> reason.weight() != Weight.POLICY)
                .map(reason -> "%s (%s)".formatted(reason, Rendering.plain(reason.meaning())))
                .collect(Collectors.joining(" "));
        return holds.isEmpty()
                ? "KubeSent looks at it again now, and makes the change if all else still holds."
                : "KubeSent makes it once none of this prevents it: " + holds;
    }
}
