package dev.kubesent.admission;

import dev.kubesent.admission.Policy.Check;
import dev.kubesent.admission.Policy.Variable;
import dev.kubesent.api.v1alpha1.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Incidents are KubeSent's own record; a person's word in it is the only thing that others write (the CRD sees to that), and a right of its own. */
final class IncidentPolicy {

    private IncidentPolicy() {}

    static Policy policy() {
        return new Policy(
                "kubesent-incidents",
                "Who writes incidents: KubeSent, and of a person's word whoever may approve, under his own name.",
                List.of("{apiGroups: [kubesent.dev], apiVersions: [\"*\"], operations: [CREATE, UPDATE, DELETE],"
                        + " resources: [incidents, incidents/status]}"),
                "",
                Stream.concat(Stream.of(new Variable("own", Bounds.BY_KUBESENT)), PersonsWord.VARIABLES.stream())
                        .toList(),
                Stream.concat(record().stream(), PersonsWord.checks().stream()).toList());
    }

    private static List<Check> record() {
        return List.of(
                Check.told(
                        "variables.own || request.operation != 'CREATE' && request.?subResource.orValue('') !="
                                + " 'status'",
                        "incidents and their status are written by KubeSent only"),
                Check.told(
                        "request.operation != 'UPDATE' || " + metadata(),
                        "what KubeSent wrote of an incident is not changed"),
                Check.told(
                        "request.operation != 'UPDATE' || " + asItWas(),
                        "owners, finalizers and the record of who wrote (managedFields) are the API server's, and the"
                                + " spec only takes a person's word"),
                Check.told(
                        "!variables.writesSpec || !variables.is.spec.?approvedFingerprint.hasValue() ||"
                                + " variables.is.spec.?approvedFingerprint == (request.operation == 'CREATE' ?"
                                + " optional.none() : variables.was.spec.?approvedFingerprint) || !variables.own && "
                                + PersonsWord.MAY_APPROVE,
                        "to name a change (spec.approvedFingerprint) needs the verb approve on incidents.kubesent.dev"),
                Check.told(
                        "!variables.own || request.operation != 'DELETE'"
                                + " || !(variables.was.?status.?phase.orValue('') in %s)".formatted(Cel.list(atWork())),
                        "an incident with a change under way is not deleted"));
    }

    /** What a person may write; all else of the spec, also whether it is there at all, is as KubeSent made it. */
    private static final List<String> WORDS =
            List.of("approved", "approvedFingerprint", "approvedBy", "approvedAgain", "approvedAgainBy", "rejected");

    /** Owners and finalizers may go (so the garbage collector has it), and none comes. */
    private static String asItWas() {
        return Cel.and(
                Cel.or("variables.own", Cel.same("variables.was.spec", "variables.is.spec", WORDS)),
                "['ownerReferences', 'finalizers'].all(k, variables.is.metadata[?k].orValue([]).all(one, one in"
                        + " variables.was.metadata[?k].orValue([])))",
                "variables.saysYes || variables.saysYesAgain || !variables.is.spec.?approved.orValue(false) ||"
                        + " variables.is.spec.?rejected.orValue('') != '' || "
                        + writersOfWords());
    }

    /** While a yes stands, nobody makes it another's, or newer, who may not say one. */
    private static String writersOfWords() {
        var says = "e.?fieldsV1[?'f:spec'].orValue({}).exists(k, k in %s)"
                .formatted(Cel.list("f:approved", "f:approvedFingerprint"));
        var those = "variables.%s.metadata.?managedFields.orValue([]).filter(e, " + says
                + ").map(e, [e[?'manager'].orValue(''), e[?'time'].orValue('')])";
        return those.formatted("is") + ".all(one, one in " + those.formatted("was") + ")";
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
