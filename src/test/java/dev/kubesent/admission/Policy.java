package dev.kubesent.admission;

import java.util.ArrayList;
import java.util.List;

/**
 * One ValidatingAdmissionPolicy and its binding, as YAML.
 *
 * @param about what it is for, in a line
 * @param rules which requests it is asked for, as lines of YAML
 * @param when which of them it judges; empty for all
 * @param variables that the checks use, in their order
 */
record Policy(
        String name, String about, List<String> rules, String when, List<Variable> variables, List<Check> checks) {

    /** Of a line of the file. */
    private static final int WIDTH = 140;

    record Variable(String name, String expression) {}

    /**
     * @param key how the message is given
     * @param message a sentence, or an expression that gives one
     */
    record Check(String expression, String key, String message) {

        static Check told(String expression, String sentence) {
            return new Check(expression, "message", sentence);
        }

        static Check reasoned(String expression, String message) {
            return new Check(expression, "messageExpression", message);
        }
    }

    String yaml() {
        var yaml = new ArrayList<String>();
        yaml.add("# " + about);
        yaml.addAll(head("ValidatingAdmissionPolicy"));
        yaml.add("  failurePolicy: Fail");
        yaml.addAll(List.of("  matchConstraints:", "    matchPolicy: Equivalent", "    resourceRules:"));
        rules.forEach(rule -> yaml.add("      - " + rule));
        if (!when.isEmpty()) {
            yaml.addAll(List.of("  matchConditions:", "    - name: by-kubesent"));
            yaml.addAll(block("      expression", when));
        }
        if (!variables.isEmpty()) {
            yaml.add("  variables:");
        }
        for (var variable : variables) {
            yaml.add("    - name: " + variable.name());
            yaml.addAll(block("      expression", variable.expression()));
        }
        yaml.add("  validations:");
        for (var check : checks) {
            yaml.addAll(item(check));
        }
        yaml.addAll(binding());
        return String.join("\n", yaml) + "\n";
    }

    private List<String> binding() {
        return List.of(
                "---",
                "apiVersion: admissionregistration.k8s.io/v1",
                "kind: ValidatingAdmissionPolicyBinding",
                "metadata:",
                "  name: " + name,
                "spec:",
                "  policyName: " + name,
                "  validationActions: [Deny]");
    }

    private static List<String> item(Check check) {
        var lines = new ArrayList<String>();
        lines.add("    - reason: Forbidden");
        lines.addAll(block("      expression", check.expression()));
        lines.addAll(block("      " + check.key(), check.message()));
        return lines;
    }

    private List<String> head(String kind) {
        return List.of(
                "apiVersion: admissionregistration.k8s.io/v1",
                "kind: " + kind,
                "metadata:",
                "  name: " + name,
                "spec:");
    }

    /** An expression or a sentence, folded. @param key with what it is indented by */
    static List<String> block(String key, String expression) {
        var inside = " ".repeat(key.length() - key.stripLeading().length() + 2);
        var lines = new ArrayList<>(List.of(key + ": >-"));
        for (var line : expression.strip().split("\n")) {
            lines.addAll(wrapped(inside, line.strip()));
        }
        return lines;
    }

    /** YAML folds a line that ends into a space. */
    private static List<String> wrapped(String inside, String line) {
        var lines = new ArrayList<String>();
        var current = new StringBuilder(inside);
        for (var word : line.split(" ")) {
            if (current.length() + word.length() > WIDTH && current.length() > inside.length()) {
                lines.add(current.toString().stripTrailing());
                current = new StringBuilder(inside);
            }
            current.append(word).append(' ');
        }
        lines.add(current.toString().stripTrailing());
        return lines;
    }
}
