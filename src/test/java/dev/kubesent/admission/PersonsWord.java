package dev.kubesent.admission;

import dev.kubesent.admission.Policy.Check;
import dev.kubesent.admission.Policy.Variable;
import java.util.List;
import java.util.stream.Stream;

/**
 * A person's yes in an incident: who may say it, and under which name. Where the server has MutatingAdmissionPolicies, {@link ApproverNames} writes
 * the name; everywhere only the true one is taken, and only at that moment.
 */
final class PersonsWord {

    private static final String USER = "request.userInfo.username";
    private static final String GROUPS = "request.userInfo.?groups.orValue([])";

    /** What stands there at that moment: nobody but KubeSent writes it, and the server compares and writes in one step. */
    private static final String SHOWN = "variables.was.?status.?verdict.?fingerprint.orValue('')";

    /** Of the two words, the first is for a change; the second is for the same, and by another. */
    static final List<Variable> VARIABLES = Stream.concat(
                    Bounds.OBJECTS.stream(),
                    Stream.of(
                            new Variable("writesSpec", """
                                request.operation in ['CREATE', 'UPDATE'] && request.?subResource.orValue('') == ''
                                """),
                            new Variable("saysYes", """
                                variables.writesSpec && variables.is.spec.?approved.orValue(false)
                                && (request.operation == 'CREATE'
                                || !variables.was.spec.?approved.orValue(false)
                                || variables.is.spec.?approvedFingerprint != variables.was.spec.?approvedFingerprint)
                                """),
                            new Variable("saysYesAgain", """
                                variables.writesSpec && variables.is.spec.?approvedAgain.orValue(false)
                                && (request.operation == 'CREATE' || !variables.was.spec.?approvedAgain.orValue(false))
                                """),
                            new Variable("takesNoBack", """
                                variables.writesSpec && request.operation == 'UPDATE'
                                && variables.was.spec.?rejected.orValue('') != ''
                                && variables.is.spec.?rejected.orValue('') == ''
                                """)))
            .toList();

    static final String MAY_APPROVE = "authorizer.group('kubesent.dev').resource('incidents')"
            + ".namespace(request.namespace).name(request.?name.orValue('')).check('approve').allowed()";

    private PersonsWord() {}

    static List<Check> checks() {
        return List.of(
                Check.told(
                        "!variables.own || !variables.saysYes && !variables.saysYesAgain && !variables.takesNoBack &&"
                                + " (request.operation != 'CREATE' || ['approvedBy', 'approvedAgainBy'].all(k, !(k in"
                                + " variables.is.spec)))",
                        "KubeSent approves nothing"),
                Check.told(
                        "variables.own || !variables.saysYes && !variables.saysYesAgain && !variables.takesNoBack || "
                                + MAY_APPROVE,
                        "to approve, or to take a rejection back, needs the verb approve on incidents.kubesent.dev"
                                + " (ClusterRole kubesent-approver)"),
                Check.told(
                        "!variables.takesNoBack || variables.saysYes || !variables.is.spec.?approved.orValue(false)",
                        "a rejection is taken back without the yes that stood beside it: set spec.approved to false"
                                + " with it"),
                name("approved", "approvedBy", "saysYes"),
                name("approvedAgain", "approvedAgainBy", "saysYesAgain"),
                Check.told(
                        "!variables.saysYes || !variables.is.spec.?approvedAgain.orValue(false)",
                        "a yes ends the second one that was said before: set spec.approvedAgain to false with it"),
                Check.told(
                        Cel.or(
                                "!variables.saysYesAgain",
                                Cel.and(
                                        "variables.was.spec.?approved.orValue(false)",
                                        "variables.is.spec.?approved.orValue(false)",
                                        "variables.is.spec.?approvedBy.?name.orValue('') != ''",
                                        "variables.is.spec.?approvedBy.?name.orValue('') != " + USER,
                                        "variables.is.spec.?approvedAgainBy.?name.orValue('') != ''")),
                        "a second yes comes after the first, from somebody else, and both by name (spec.approvedBy,"
                                + " spec.approvedAgainBy)"));
    }

    /** Only the true one, or none, at the moment of the yes; it goes only with the yes itself. */
    private static Check name(String word, String key, String says) {
        var is = "variables.is.spec.?" + key;
        var taken = Cel.and(
                "%s.?name.orValue(%s) == %s".formatted(is, USER, USER),
                "%s.?groups.orValue(%s) == %s".formatted(is, GROUPS, GROUPS),
                "%s.?change.orValue(%s) == %s".formatted(is, SHOWN, SHOWN));
        var kept = Cel.or(
                "%s == variables.was.spec.?%s".formatted(is, key),
                "!variables.is.spec.?%s.orValue(false) && !%s.hasValue()".formatted(word, is));
        return Check.told(
                "request.operation != 'UPDATE' || !variables.writesSpec || (variables.%s ? %s : %s)"
                        .formatted(says, taken, kept),
                "spec.%s names who says yes, his groups and what he says it to (status.verdict.fingerprint), as the API"
                                .formatted(key)
                        + " server knows them, and never changes");
    }

    /** What the API server itself writes there. */
    static String truth() {
        return "{'name': dyn(%s), 'groups': dyn(%s), 'change': dyn(%s)}".formatted(USER, GROUPS, SHOWN);
    }
}
