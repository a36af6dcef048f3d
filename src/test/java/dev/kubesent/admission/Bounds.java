package dev.kubesent.admission;

import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.gate.bounds.GatePolicy;
import java.util.List;

/** What all policies share: who KubeSent is, where it may write, and what the bounds and the nearest annotation allow. */
final class Bounds {

    static final String NAMESPACE = "kubesent";

    /** Variables that the kustomization of knative/base, and the chart, set to what the ConfigMap of the bounds says. */
    static final String ALLOWED_HERE = "allowedHere";

    static final String MAXIMUM = "maximum";
    static final String BY_KUBESENT = "request.userInfo.username == 'system:serviceaccount:kubesent:kubesent'";

    static final String OPTED_OUT = "it has opted out (%s: disabled)".formatted(GatePolicy.HEAL);

    /** The whole objects, without their types: the checks are for several kinds. */
    static final List<Policy.Variable> OBJECTS =
            List.of(new Policy.Variable("was", "dyn(oldObject)"), new Policy.Variable("is", "dyn(object)"));

    private static final String SAYS = "has(%1$s.metadata.annotations) && '%2$s' in %1$s.metadata.annotations";

    private Bounds() {}

    /** @param unless what is asked for wherever it is; an expression */
    static Policy.Check optedIn(String unless) {
        return Policy.Check.told(
                "(%s || has(namespaceObject.metadata.labels)".formatted(unless)
                        + " && namespaceObject.metadata.labels[?'%s'].orValue('') == 'enabled')"
                                .formatted(GatePolicy.HEAL)
                        + "\n&& !%s.exists(prefix, request.namespace.startsWith(prefix))"
                                .formatted(Cel.list(GatePolicy.PROTECTED))
                        + "\n&& request.namespace != '%s'".formatted(NAMESPACE),
                "the namespace has not opted in (%s: enabled), or is never changed".formatted(GatePolicy.HEAL));
    }

    static Policy.Check notOptedOut(String object) {
        return Policy.Check.told(staysOptedIn(object), OPTED_OUT);
    }

    static String staysOptedIn(String object) {
        return "!['labels', 'annotations'].exists(kind, %s.metadata[?kind][?'%s'].orValue('') == 'disabled')"
                .formatted(object, GatePolicy.HEAL);
    }

    /** What is allowed at most, as the texts of 250-bounds.yaml; the nearest that says anything says all, as for the gate (PermissionGiven). */
    static List<Policy.Variable> bounds() {
        return List.of(
                new Policy.Variable(ALLOWED_HERE, Cel.text(String.join(",", byDefault()))),
                new Policy.Variable(MAXIMUM, Cel.text(MAX_MEMORY)),
                new Policy.Variable("allowed", """
                    (%s
                    ? variables.was.metadata.annotations['%s']
                    : %s
                    ? namespaceObject.metadata.annotations['%s']
                    : variables.%s
                    ).split(',').map(word, word.trim().lowerAscii())
                    """.formatted(
                                SAYS.formatted("variables.was", Permission.ALLOW),
                                Permission.ALLOW,
                                SAYS.formatted("namespaceObject", Permission.ALLOW),
                                Permission.ALLOW,
                                ALLOWED_HERE)));
    }

    /** As KUBESENT_MAX_MEMORY is where nobody sets it. */
    static final String MAX_MEMORY = "8Gi";

    static List<String> byDefault() {
        return Permission.BY_DEFAULT.stream().map(Permission::word).sorted().toList();
    }

    static String allows(Permission permission) {
        return "'%s' in variables.allowed".formatted(permission.word());
    }
}
