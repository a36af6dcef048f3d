package dev.kubesent.admission;

import static dev.kubesent.admission.Cel.and;
import static dev.kubesent.admission.Cel.array;
import static dev.kubesent.admission.Cel.atMost;
import static dev.kubesent.admission.Cel.memory;
import static dev.kubesent.admission.Cel.or;

import dev.kubesent.admission.Cel.Reason;
import dev.kubesent.cluster.rights.PodRights;
import java.util.List;

/** What a pod that KubeSent makes may not have, nor the pods of a Job: what is plain is made, all else is only proposed. */
final class MadePods {

    /** A claim is somebody's data, so it is not among those that a new pod may mount. */
    private static final List<String> VOLUMES = List.of("configMap", "downwardAPI", "emptyDir", "projected");

    /** The API server gives them to every pod (DefaultTolerationSeconds). */
    private static final String PLAIN_TOLERATION =
            "t.?key.orValue('') in ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']"
                    + " && t.?effect.orValue('') == 'NoExecute' && 'tolerationSeconds' in t";

    /** Of a whole node at most, as no machine is that large. Memory has a maximum of its own. */
    private static final String MOST_CPU = "64";

    private MadePods() {}

    static List<Reason> reasons() {
        return List.of(
                new Reason(
                        "%s.all(f, !variables.pod[?f].orValue(false))".formatted(Cel.list(PodRights.SHARES)),
                        "anything of its node"),
                new Reason(
                        "variables.pod.?serviceAccountName.orValue('default') in ['', 'default']",
                        "another ServiceAccount than default"),
                new Reason(
                        and(
                                "['nodeName', 'resourceClaims', 'runtimeClassName'].all(f, !(f in variables.pod))",
                                priority()),
                        "a node, device, runtime or priority of its choice"),
                new Reason(nodes(), "a node of its choice, or one that others keep away from"),
                new Reason(
                        "%s.all(v, v.all(k, k == 'name' || k in %s) && v.?projected.?sources.orValue([]).all(s, !('secret' in s) && !('podCertificate' in s) && s.?serviceAccountToken.?audience.orValue('') == ''))"
                                .formatted(array("variables.pod", "volumes"), Cel.list(VOLUMES)),
                        "a volume with a Secret, a claim, a path of the node, or a token for another audience"),
                new Reason(
                        "variables.made.all(c, c.?env.orValue([]).all(e, !('secretKeyRef' in"
                                + " e.?valueFrom.orValue({}))) && c.?envFrom.orValue([]).all(e, !('secretRef' in e)))",
                        "a Secret in its environment"),
                new Reason(
                        "variables.made.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0))",
                        "a port of the node"),
                new Reason(resources(), "more memory than the maximum, or other resources than cpu and memory"),
                new Reason(security(), "privileges, capabilities, labels of the node, or no profile"));
    }

    /** A default of the cluster has no more than 0, or is not told from a choice. */
    private static String priority() {
        return "!('priorityClassName' in variables.pod) || variables.is.kind == 'Pod'"
                + " && variables.pod.?priority.orValue(0) <= 0";
    }

    private static String nodes() {
        return and(
                "%s.all(t, %s)".formatted(array("variables.pod", "tolerations"), PLAIN_TOLERATION),
                "variables.pod.?nodeSelector.orValue({}).all(k, k != 'kubernetes.io/hostname' &&"
                        + " !k.startsWith('node-role.kubernetes.io/'))",
                "!('nodeAffinity' in variables.pod.?affinity.orValue({}))");
    }

    private static String resources() {
        return "variables.made.all(c, %s)"
                .formatted(and(
                        atMostWhereSaid(memory("c", "limits"), "variables.maximum"),
                        atMostWhereSaid(memory("c", "requests"), "variables.maximum"),
                        atMostWhereSaid("string(c.?resources.?requests.?cpu.orValue(''))", Cel.text(MOST_CPU)),
                        "['limits', 'requests'].all(l, c.?resources[?l].orValue({}).all(k, k in ['cpu',"
                                + " 'memory', 'ephemeral-storage']))"));
    }

    private static String atMostWhereSaid(String amount, String most) {
        return or(amount + " == ''", atMost(amount, most));
    }

    private static String security() {
        return and(
                "variables.is.?metadata.?annotations.orValue({}).all(k,"
                        + " !k.startsWith('container.apparmor.security.beta.kubernetes.io/')"
                        + " || variables.is.metadata.annotations[k] != 'unconfined')",
                "['seccompProfile', 'appArmorProfile'].all(p, variables.pod.?securityContext[?p].?type.orValue('') !="
                        + " 'Unconfined' && variables.made.all(c, c.?securityContext[?p].?type.orValue('') !="
                        + " 'Unconfined'))",
                "variables.pod.?securityContext.orValue({}).all(k, !(k in ['seLinuxOptions', 'sysctls',"
                        + " 'windowsOptions']))",
                "variables.made.all(c, !c.?securityContext.?privileged.orValue(false) &&"
                        + " c.?securityContext.?capabilities.?add.orValue([]).size() == 0 &&"
                        + " c.?securityContext.?procMount.orValue('Default') == 'Default' && !('seLinuxOptions' in"
                        + " c.?securityContext.orValue({})) && !('windowsOptions' in"
                        + " c.?securityContext.orValue({})))");
    }
}
