package dev.kubesent.admission;

import java.util.ArrayList;
import java.util.List;

/** The MutatingAdmissionPolicy that writes who approved, as YAML; Kubernetes has them from 1.36 on. */
final class ApproverNames {

    private static final String NAME = "kubesent-approver-names";

    private ApproverNames() {}

    static String yaml() {
        var yaml = new ArrayList<String>();
        yaml.addAll(List.of(
                "apiVersion: admissionregistration.k8s.io/v1",
                "kind: MutatingAdmissionPolicy",
                "metadata:",
                "  name: " + NAME,
                "spec:",
                "  failurePolicy: Fail",
                "  reinvocationPolicy: IfNeeded",
                "  matchConstraints:",
                "    matchPolicy: Equivalent",
                "    resourceRules:",
                "      - {apiGroups: [kubesent.dev], apiVersions: [\"*\"], operations: [UPDATE], resources:"
                        + " [incidents]}",
                "  variables:"));
        for (var variable : PersonsWord.VARIABLES) {
            yaml.add("    - name: " + variable.name());
            yaml.addAll(Policy.block("      expression", variable.expression()));
        }
        yaml.add("  mutations:");
        yaml.addAll(written("saysYes", "approvedBy"));
        yaml.addAll(written("saysYesAgain", "approvedAgainBy"));
        yaml.addAll(List.of(
                "---",
                "apiVersion: admissionregistration.k8s.io/v1",
                "kind: MutatingAdmissionPolicyBinding",
                "metadata:",
                "  name: " + NAME,
                "spec:",
                "  policyName: " + NAME));
        return String.join("\n", yaml) + "\n";
    }

    private static List<String> written(String says, String key) {
        var lines = new ArrayList<>(List.of("    - patchType: JSONPatch", "      jsonPatch:"));
        lines.addAll(Policy.block(
                "        expression",
                "variables.%s\n? [JSONPatch{op: 'add', path: '/spec/%s', value: %s}]\n: []"
                        .formatted(says, key, PersonsWord.truth())));
        return lines;
    }
}
