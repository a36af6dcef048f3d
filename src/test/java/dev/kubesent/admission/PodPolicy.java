package dev.kubesent.admission;

import static dev.kubesent.admission.Cel.and;
import static dev.kubesent.admission.Cel.or;

import dev.kubesent.admission.Policy.Check;
import dev.kubesent.admission.Policy.Variable;
import dev.kubesent.cluster.PodRights;
import dev.kubesent.gate.Change.PodReplacement;
import dev.kubesent.gate.ManualRun;
import java.util.List;
import java.util.stream.Stream;

/** What KubeSent may do to pods, and which Jobs it may make. What it replaces is gone by then, so what it makes has no right worth having. */
final class PodPolicy {

    /** A claim is somebody's data, so it is not among those that a new pod may mount. */
    private static final List<String> VOLUMES = List.of("configMap", "downwardAPI", "emptyDir", "projected");

    /** The old pod is gone by then: it comes back even where the namespace has opted out in that moment. */
    private static final String PUTS_BACK = "variables.makes && variables.is.kind == 'Pod'";

    private static final String POD =
            "variables.is.kind == 'Job' ? variables.is.spec.template.spec : variables.is.?spec.orValue({})";

    private PodPolicy() {}

    static Policy policy() {
        return new Policy(
                "kubesent-pods",
                "What KubeSent may do to pods, and which Jobs it may make. Of an eviction the server shows no pod.",
                List.of(
                        rule("", "CREATE, DELETE", "pods"),
                        rule("", "UPDATE", "pods/resize"),
                        rule("", "CREATE", "pods/eviction"),
                        rule("batch", "CREATE", "jobs")),
                Bounds.BY_KUBESENT,
                true,
                variables(),
                List.of(
                        Bounds.optedIn(PUTS_BACK),
                        Check.reasoned(
                                "request.operation != 'UPDATE' || size(variables.whyNoResize) == 0",
                                "'a resize: no permission names ' + variables.whyNoResize.join('; ')"),
                        Check.told(
                                deletion(),
                                "a pod is deleted only while it is not ready, and one without a controller only where"
                                        + " it can be made again as it was"),
                        Check.told(eviction(), "a pod is evicted by its uid"),
                        Check.told(
                                mark(),
                                "a pod is made in place of another (%s), a Job of its CronJob (-again-)"
                                        .formatted(PodReplacement.REPLACES)),
                        Check.reasoned(
                                "!variables.makes || size(variables.whyNotMade) == 0",
                                "'what is made may not have: ' + variables.whyNotMade.join('; ')")));
    }

    private static String rule(String group, String operations, String resources) {
        return "{apiGroups: [\"%s\"], apiVersions: [\"*\"], operations: [%s], resources: [%s]}"
                .formatted(group, operations, resources);
    }

    private static List<Variable> variables() {
        return Stream.of(
                        Bounds.OBJECTS,
                        List.of(
                                new Variable(
                                        "makes",
                                        "request.operation == 'CREATE' && request.?subResource.orValue('') == ''"),
                                Bounds.allowed(),
                                Bounds.maximum(),
                                new Variable("templateWas", "variables.was"),
                                new Variable("templateIs", "variables.is")),
                        Containers.of("variables.was.spec", "variables.is.spec"),
                        List.of(
                                new Variable("ownFields", Containers.ownFields("e.fieldsV1[?'f:spec'].orValue({})")),
                                Containers.ours(),
                                new Variable("whyNoResize", Cel.reasons(resize())),
                                new Variable("pod", POD),
                                new Variable(
                                        "made",
                                        "%s + %s"
                                                .formatted(
                                                        Cel.array("variables.pod", "containers"),
                                                        Cel.array("variables.pod", "initContainers"))),
                                new Variable("whyNotMade", Cel.reasons(made()))))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Cel.Reason> resize() {
        return Stream.concat(
                        Stream.of(
                                new Cel.Reason(
                                        Cel.same(
                                                "variables.was.spec",
                                                "variables.is.spec",
                                                "containers",
                                                "initContainers"),
                                        "other fields of the pod"),
                                new Cel.Reason(
                                        Cel.eachPair(Cel.same("c", "d", "resources")), "other fields of a container")),
                        EditRules.ofContainers().stream())
                .toList();
    }

    /** As PodManifest and StuckPods have it. */
    private static String deletion() {
        return "request.operation != 'DELETE' || "
                + and(
                        "!variables.was.?status.?conditions.orValue([])"
                                + ".exists(c, c.type == 'Ready' && c.status == 'True')",
                        or(
                                "variables.was.metadata.?ownerReferences.orValue([]).exists(o,"
                                        + " o.?controller.orValue(false))",
                                """
                                variables.was.metadata.?finalizers.orValue([]).size() == 0
                                && variables.was.spec.?restartPolicy.orValue('Always') != 'Never'
                                && variables.was.spec.?volumes.orValue([])
                                .all(v, !['emptyDir', 'ephemeral', 'hostPath'].exists(kind, kind in v))
                                """));
    }

    private static String eviction() {
        return "request.?subResource.orValue('') != 'eviction' ||"
                + " variables.is.?deleteOptions.?preconditions.?uid.orValue('') != ''";
    }

    private static String mark() {
        return "!variables.makes || (variables.is.kind == 'Pod' ? "
                + """
                variables.is.metadata.?annotations[?'%s'].orValue('') != ''
                && variables.is.metadata.?ownerReferences.orValue([]).size() == 0
                && variables.is.metadata.?finalizers.orValue([]).size() == 0
                && variables.pod.?restartPolicy.orValue('Always') != 'Never'
                """.formatted(PodReplacement.REPLACES).strip()
                + " : "
                + """
                variables.is.metadata.?annotations[?'cronjob.kubernetes.io/instantiate'].orValue('') == 'manual'
                && variables.is.metadata.?ownerReferences.orValue([]).size() == 1
                && variables.is.metadata.ownerReferences.all(o, o.kind == 'CronJob' && o.?controller.orValue(false)
                && variables.is.metadata.name.startsWith(o.name + '%s')))
                """.formatted(ManualRun.MARK);
    }

    private static List<Cel.Reason> made() {
        return List.of(
                new Cel.Reason(
                        "%s.all(f, !variables.pod[?f].orValue(false))".formatted(Cel.list(PodRights.SHARES)),
                        "anything of its node"),
                new Cel.Reason(
                        "variables.pod.?serviceAccountName.orValue('default') in ['', 'default']",
                        "another ServiceAccount than default"),
                new Cel.Reason(
                        "['nodeName', 'resourceClaims', 'runtimeClassName'].all(f, !(f in variables.pod)) &&"
                                + " !variables.pod.?priorityClassName.orValue('').startsWith('system-')",
                        "a node, device, runtime or priority of its choice"),
                new Cel.Reason(
                        "variables.pod.?volumes.orValue([]).all(v, v.all(k, k == 'name' || k in %s) && v.?projected.?sources.orValue([]).all(s, !('secret' in s)))"
                                .formatted(Cel.list(VOLUMES)),
                        "a volume with a Secret, a claim or a path of the node"),
                new Cel.Reason(
                        "variables.made.all(c, c.?env.orValue([]).all(e, !('secretKeyRef' in"
                                + " e.?valueFrom.orValue({}))) && c.?envFrom.orValue([]).all(e, !('secretRef' in e)))",
                        "a Secret in its environment"),
                new Cel.Reason(
                        "variables.made.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0))",
                        "a port of the node"),
                new Cel.Reason(
                        "variables.pod.?securityContext.orValue({}).all(k, !(k in ['seLinuxOptions', 'sysctls',"
                                + " 'windowsOptions'])) && variables.made.all(c,"
                                + " !c.?securityContext.?privileged.orValue(false) &&"
                                + " c.?securityContext.?capabilities.?add.orValue([]).size() == 0 &&"
                                + " c.?securityContext.?procMount.orValue('Default') == 'Default' && !('seLinuxOptions' in"
                                + " c.?securityContext.orValue({})) && !('windowsOptions' in"
                                + " c.?securityContext.orValue({})))",
                        "privileges, capabilities or labels of the node"));
    }
}
