package dev.kubesent.admission;

import static dev.kubesent.admission.Cel.and;
import static dev.kubesent.admission.Cel.array;
import static dev.kubesent.admission.Cel.atMost;
import static dev.kubesent.admission.Cel.memory;
import static dev.kubesent.admission.Cel.or;
import static dev.kubesent.admission.Cel.same;

import dev.kubesent.admission.Cel.Reason;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.rights.PodRights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a whole template in place of another may be. CEL sees no earlier revision, so it takes each that gives no right (as the gate's PodRights
 * has it, or narrower), of a workload that does not run as it should.
 */
final class RollbackRules {

    /** Of a pod, that give no right; every other is as it was, so is what a later Kubernetes adds. */
    private static final List<String> FREE_OF_THE_POD = List.of(
            "activeDeadlineSeconds",
            "affinity",
            "containers",
            "dnsConfig",
            "dnsPolicy",
            "enableServiceLinks",
            "hostAliases",
            "initContainers",
            "nodeSelector",
            "readinessGates",
            "restartPolicy",
            "schedulerName",
            "terminationGracePeriodSeconds",
            "tolerations",
            "topologySpreadConstraints");

    private static final List<String> FREE_OF_A_CONTAINER = List.of(
            "args",
            "command",
            "imagePullPolicy",
            "name",
            "resizePolicy",
            "restartPolicy",
            "stdin",
            "stdinOnce",
            "terminationMessagePath",
            "terminationMessagePolicy",
            "tty",
            "workingDir");

    /** Below, each with a bound of its own. */
    private static final List<String> BOUND_OF_THE_POD =
            List.of("automountServiceAccountToken", "hostUsers", "imagePullSecrets", "volumes");

    /** What tells one release from another, and is read by nobody who gives rights. */
    private static final List<String> OF_A_RELEASE = List.of(
            "app.kubernetes.io/version",
            "chart",
            "helm.sh/chart",
            "kubectl.kubernetes.io/restartedAt",
            "kubernetes.io/change-cause",
            "rollme",
            "tags.datadoghq.com/version",
            "version");

    private static final List<String> OF_RELEASES = List.of("checksum/");

    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private static final List<String> BOUND_OF_A_CONTAINER =
            List.of("env", "envFrom", "image", "lifecycle", "ports", "resources", "volumeMounts");

    private static final String WAS = "variables.templateWas.spec";
    private static final String IS = "variables.templateIs.spec";

    private RollbackRules() {}

    static List<Reason> all() {
        return List.of(
                new Reason(
                        "variables.is.kind in ['DaemonSet', 'Deployment', 'StatefulSet']", "a kind without revisions"),
                new Reason(isAllowed(), "rollback is not allowed"),
                new Reason("!variables.whole", "all of it runs as it should"),
                new Reason(
                        or("!variables.lastWrittenByUs", "variables.givenUp", EditRules.onlyTagsAndMemory()),
                        "more than a tag, where it is rolled out for the sake of a change by KubeSent that its"
                                + " controller has not given up"),
                new Reason(metadata(), "a label or an annotation of its pods"),
                new Reason(
                        "![variables.templateWas.spec, variables.templateIs.spec].exists(s, %s)".formatted(strong()),
                        "a pod with privileges or a share of its node"),
                new Reason(
                        and(spec(), "!" + raised("hostUsers"), "!" + raised("automountServiceAccountToken"), shares()),
                        "the pods would gain a right"),
                new Reason(volumes(), "a volume or Secret that it did not have"),
                new Reason(appArmor(), "another AppArmor profile"),
                new Reason(eachHasAMate(container()), "a container would gain a right, or another registry"),
                new Reason(eachHasAMate(reach()), "a container would reach what it did not"));
    }

    /** An edit that did not help is taken back as a rollback. */
    private static String isAllowed() {
        return "[%s].exists(word, word in variables.allowed)"
                .formatted(String.join(
                        ", ",
                        Arrays.stream(Permission.values())
                                .filter(one -> one == Permission.ROLLBACK
                                        || !one.fields().isEmpty())
                                .map(one -> Cel.text(one.word()))
                                .toList()));
    }

    private static String metadata() {
        return and(
                same(
                        "variables.templateWas.?metadata.orValue({})",
                        "variables.templateIs.?metadata.orValue({})",
                        "annotations",
                        "labels"),
                "['annotations', 'labels'].all(kind, %s && %s)".formatted(kept("Was", "Is"), kept("Is", "Was")));
    }

    private static String kept(String one, String other) {
        return "variables.template%1$s.?metadata[?kind].orValue({}).all(k, k in %3$s || %4$s.exists(p, k.startsWith(p)) || variables.template%2$s.?metadata[?kind][?k] == variables.template%1$s.?metadata[?kind][?k])"
                .formatted(one, other, Cel.list(OF_A_RELEASE), Cel.list(OF_RELEASES));
    }

    /** Its release is not changed by who may be anybody: what it runs, its node runs. */
    private static String strong() {
        return or(
                "['hostPID', 'hostIPC', 'hostNetwork'].exists(f, s[?f].orValue(false))",
                "s.?volumes.orValue([]).exists(v, 'hostPath' in v)",
                "['containers', 'initContainers'].exists(l, s[?l].orValue([]).exists(c, %s))"
                        .formatted(or(
                                "c.?securityContext.?privileged.orValue(false)",
                                "c.?securityContext.?capabilities.?add.orValue([]).exists(a, !(a in"
                                        + " ['NET_BIND_SERVICE', 'CHOWN', 'SETUID', 'SETGID', 'KILL']))")));
    }

    private static String spec() {
        var but = new ArrayList<>(FREE_OF_THE_POD);
        but.addAll(BOUND_OF_THE_POD);
        but.addAll(PodRights.SHARES);
        return same(WAS, IS, but);
    }

    /** True where nobody says anything. */
    private static String raised(String field) {
        return "(%2$s.?%3$s.orValue(true) && !%1$s.?%3$s.orValue(true))".formatted(WAS, IS, field);
    }

    private static String shares() {
        return "%s.all(f, !%s[?f].orValue(false) || %s[?f].orValue(false))"
                .formatted(Cel.list(PodRights.SHARES), IS, WAS);
    }

    private static String volumes() {
        return and(
                "%s.all(v, v in %s || v.all(k, k == 'name' || k in %s) && ['dataSource', 'dataSourceRef'].all(k, !(k in v.?ephemeral.?volumeClaimTemplate.?spec.orValue({}))))"
                        .formatted(array(IS, "volumes"), array(WAS, "volumes"), Cel.list(PodRights.HARMLESS_VOLUMES)),
                "%s.all(s, s in %s)".formatted(array(IS, "imagePullSecrets"), array(WAS, "imagePullSecrets")));
    }

    private static String appArmor() {
        return "%2$s.all(k, !k.startsWith('container.apparmor.') || k in %1$s && %1$s[k] == %2$s[k])"
                .formatted(
                        "variables.templateWas.?metadata.?annotations.orValue({})",
                        "variables.templateIs.?metadata.?annotations.orValue({})");
    }

    /** Each container is measured by the one of its name; another one beside those that run is none of theirs. */
    private static String eachHasAMate(String condition) {
        return "variables.containersAre.all(d, variables.containersWere.exists(c, c.name == d.name && (%s)))"
                .formatted(condition);
    }

    private static String container() {
        var but = new ArrayList<>(FREE_OF_A_CONTAINER);
        but.addAll(BOUND_OF_A_CONTAINER);
        but.addAll(PROBES);
        var limit = memory("d", "limits");
        return and(
                same("c", "d", but),
                "c.image.find('^([^/@]*/)*') == d.image.find('^([^/@]*/)*')",
                "!('claims' in d.?resources.orValue({}))",
                or(limit + " == ''", atMost(limit, "variables.maximum"), limit + " == " + memory("c", "limits")));
    }

    private static String reach() {
        return and(
                "%s.all(m, m in %s || m.?mountPropagation.orValue('None') != 'Bidirectional' && variables.templateIs.spec.?volumes.orValue([]).exists(v, v.name == m.name && v.all(k, k == 'name' || k in %s)))"
                        .formatted(
                                array("d", "volumeMounts"),
                                array("c", "volumeMounts"),
                                Cel.list(PodRights.HARMLESS_VOLUMES)),
                "%s.all(p, p.?hostPort.orValue(0) == 0 || p in %s)".formatted(array("d", "ports"), array("c", "ports")),
                "%s.all(f, !('secretRef' in f) || %s)".formatted(array("d", "envFrom"), had("f.secretRef.name")),
                "%s.all(e, !('secretKeyRef' in e.?valueFrom.orValue({})) || %s)"
                        .formatted(array("d", "env"), had("e.valueFrom.secretKeyRef.name")),
                hosts(PROBES, "d[?p]", "c[?p]"),
                hosts(List.of("postStart", "preStop"), "d.?lifecycle[?p]", "c.?lifecycle[?p]"));
    }

    /** What one container of a pod has of a Secret, its neighbours may have. */
    private static String had(String secret) {
        return "variables.containersWere.exists(o, %s.exists(x, x.?secretRef.?name.orValue('') == %3$s) || %2$s.exists(x, x.?valueFrom.?secretKeyRef.?name.orValue('') == %3$s))"
                .formatted(array("o", "envFrom"), array("o", "env"), secret);
    }

    /** Where the kubelet is sent to, other than the pod itself. */
    private static String hosts(List<String> kinds, String after, String before) {
        return "%s.all(p, ['httpGet', 'tcpSocket'].all(h, %s[?h].?host.orValue('') in [dyn(''), dyn(%s[?h].?host.orValue(''))]))"
                .formatted(Cel.list(kinds), after, before);
    }
}
