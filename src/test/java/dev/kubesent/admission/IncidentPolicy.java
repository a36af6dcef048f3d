package dev.kubesent.admission;

import dev.kubesent.admission.Policy.Check;
import dev.kubesent.admission.Policy.Variable;
import dev.kubesent.incident.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Incidents are KubeSent's own record; a person's word in it is the only thing that others write (the CRD sees to that), and a right of its own. */
final class IncidentPolicy {

    private IncidentPolicy() {}

    static Policy policy() {
        return new Policy(
                "kubesent-incidents",
                "Who writes incidents: KubeSent, and of a person's word whoever may approve.",
                List.of("{apiGroups: [kubesent.dev], apiVersions: [\"*\"], operations: [CREATE, UPDATE, DELETE],"
                        + " resources: [incidents, incidents/status]}"),
                "",
                false,
                variables(),
                List.of(
                        Check.told(
                                "variables.own || request.operation != 'CREATE' && request.?subResource.orValue('') !="
                                        + " 'status'",
                                "incidents and their status are written by KubeSent only"),
                        Check.told(
                                "request.operation != 'UPDATE' || " + metadata(),
                                "what KubeSent wrote of an incident is not changed"),
                        Check.told(
                                "!variables.own || request.operation == 'DELETE' || !variables.saysYes",
                                "KubeSent approves nothing"),
                        Check.told(
                                "variables.own || !variables.saysYes ||"
                                    + " authorizer.group('kubesent.dev').resource('incidents')"
                                    + ".namespace(request.namespace).name(request.?name.orValue('')).check('approve').allowed()",
                                "to approve, or to take a rejection back, needs the verb approve on"
                                        + " incidents.kubesent.dev (ClusterRole kubesent-approver)"),
                        Check.told(
                                "!variables.own || request.operation != 'DELETE'"
                                        + " || !(variables.was.?status.?phase.orValue('') in %s)"
                                                .formatted(Cel.list(atWork())),
                                "an incident with a change under way is not deleted")));
    }

    private static List<Variable> variables() {
        return Stream.concat(
                        Stream.of(new Variable("own", Bounds.BY_KUBESENT)),
                        Stream.concat(Bounds.OBJECTS.stream(), Stream.of(new Variable("saysYes", """
                            request.operation != 'DELETE' && request.?subResource.orValue('') == ''
                            && (variables.is.spec.?approved.orValue(false)
                            && (request.operation == 'CREATE'
                            || !variables.was.spec.?approved.orValue(false)
                            || variables.is.spec.?approvedFingerprint != variables.was.spec.?approvedFingerprint)
                            || request.operation == 'UPDATE' && variables.was.spec.?rejected.orValue('') != ''
                            && variables.is.spec.?rejected.orValue('') == '')
                            """))))
                .toList();
    }

    private static String metadata() {
        return "['labels', 'annotations'].all(kind, %s)"
                .formatted(String.join(" && ", marks("was", "is"), marks("is", "was")));
    }

    /** Others may label and annotate, but not with our names. */
    private static String marks(String one, String other) {
        return "variables.%1$s.metadata[?kind].orValue({}).all(k, !k.startsWith('kubesent.dev/') && k != 'app.kubernetes.io/managed-by' || variables.%2$s.metadata[?kind][?k].orValue('') == variables.%1$s.metadata[kind][k])"
                .formatted(one, other);
    }

    private static List<String> atWork() {
        return Arrays.stream(Phase.values())
                .filter(Phase::atWork)
                .map(Phase::name)
                .toList();
    }
}
