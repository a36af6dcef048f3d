package dev.kubesent.admission;

import static dev.kubesent.admission.Cel.and;
import static dev.kubesent.admission.Cel.or;

import dev.kubesent.admission.Policy.Check;
import dev.kubesent.admission.Policy.Variable;
import dev.kubesent.change.ManualRun;
import dev.kubesent.change.PodReplacement;
import java.util.List;
import java.util.stream.Stream;

/** What KubeSent may do to pods, and which Jobs it may make. What it replaces is gone by then, so what it makes has no right worth having. */
final class PodPolicy {

    /** The old pod is gone by then: it comes back even where the namespace has opted out in that moment. */
    private static final String PUTS_BACK = "variables.makes && variables.is.kind == 'Pod'";

    /** Pods of one run that is made up for. */
    private static final int MOST_AT_A_TIME = 10;

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
                variables(),
                List.of(
                        Bounds.optedIn(PUTS_BACK),
                        Check.told(
                                "!(request.operation in ['DELETE', 'UPDATE']) || "
                                        + Bounds.staysOptedIn("variables.was"),
                                Bounds.OPTED_OUT),
                        Check.told(notForced(), "a pod is given its time to end (gracePeriodSeconds)"),
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
                        Bounds.bounds(),
                        List.of(
                                new Variable(
                                        "makes",
                                        "request.operation == 'CREATE' && request.?subResource.orValue('') == ''"),
                                new Variable("templateWas", "variables.was"),
                                new Variable("templateIs", "variables.is")),
                        Containers.of("variables.was.spec", "variables.is.spec"),
                        Writers.of("%s.fieldsV1[?'f:spec'].hasValue()", "e.fieldsV1[?'f:spec'].orValue({})"),
                        List.of(
                                new Variable("whyNoResize", Cel.reasons(resize())),
                                new Variable("pod", POD),
                                new Variable(
                                        "made",
                                        "%s + %s"
                                                .formatted(
                                                        Cel.array("variables.pod", "containers"),
                                                        Cel.array("variables.pod", "initContainers"))),
                                new Variable("whyNotMade", Cel.reasons(MadePods.reasons()))))
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

    /** The server itself says 0 of a pod that has no node, or that has ended. */
    private static String notForced() {
        return "(request.operation != 'DELETE' || request.?options.?gracePeriodSeconds.orValue(30) != 0"
                + " || variables.was.?spec.?nodeName.orValue('') == ''"
                + " || variables.was.?status.?phase.orValue('') in ['Failed', 'Succeeded']"
                + " || variables.was.?spec.?terminationGracePeriodSeconds.orValue(30) == 0)"
                + " && (request.?subResource.orValue('') != 'eviction'"
                + " || variables.is.?deleteOptions.?gracePeriodSeconds.orValue(30) != 0)";
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
                && variables.is.metadata.ownerReferences.all(o, o.apiVersion == 'batch/v1' && o.kind == 'CronJob'
                && o.?uid.orValue('') != '' && o.?controller.orValue(false)
                && variables.is.metadata.name.startsWith(o.name + '%s')))
                && ['parallelism', 'completions'].all(k, variables.is.spec[?k].orValue(1) <= %s)
                """.formatted(ManualRun.MARK, MOST_AT_A_TIME);
    }
}
