package dev.kubesent.admission;

import dev.kubesent.gate.GatePolicy;
import dev.kubesent.gate.Permission;
import java.util.Arrays;
import java.util.List;

/** What all policies share: who KubeSent is, where it may write, and what the ConfigMap of the bounds and the nearest annotation allow. */
final class Bounds {

    static final String NAMESPACE = "kubesent";
    static final String NAME = "kubesent-bounds";
    static final String BY_KUBESENT = "request.userInfo.username == 'system:serviceaccount:kubesent:kubesent'";

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
        return Policy.Check.told(
                "!['labels', 'annotations'].exists(kind, %s.metadata[?kind][?'%s'].orValue('') == 'disabled')"
                        .formatted(object, GatePolicy.HEAL),
                "it has opted out (%s: disabled)".formatted(GatePolicy.HEAL));
    }

    /** The nearest that says anything says all, as for the gate (PermissionGiven). The binding without the ConfigMap bounds no permission. */
    static Policy.Variable allowed() {
        return new Policy.Variable("allowed", """
            params == null ? %s :
            (%s
            ? variables.was.metadata.annotations['%s']
            : %s
            ? namespaceObject.metadata.annotations['%s']
            : params.?data[?'KUBESENT_ALLOW'].orValue('%s')
            ).split(',').map(word, word.trim().lowerAscii())
            """.formatted(
                Cel.list(
                        Arrays.stream(Permission.values()).map(Permission::word).toList()),
                SAYS.formatted("variables.was", Permission.ALLOW),
                Permission.ALLOW,
                SAYS.formatted("namespaceObject", Permission.ALLOW),
                Permission.ALLOW,
                String.join(",", byDefault())));
    }

    static Policy.Variable maximum() {
        return new Policy.Variable(
                "maximum",
                "params == null ? '8Ei' : params.?data[?'KUBESENT_MAX_MEMORY'].orValue('%s')".formatted(MAX_MEMORY));
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
