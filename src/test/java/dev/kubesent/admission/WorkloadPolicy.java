package dev.kubesent.admission;

import dev.kubesent.admission.Policy.Check;
import dev.kubesent.admission.Policy.Variable;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.change.JobPatch;
import dev.kubesent.change.TrafficPin;
import java.util.List;
import java.util.stream.Stream;

/** What KubeSent may change in a workload: single fields of its template, or its whole template where that gives no right. */
final class WorkloadPolicy {

    /** Others write these whenever the spec changes: Knative's webhook, and the API server for a DaemonSet. */
    private static final List<String> BY_OTHERS =
            List.of("serving.knative.dev/lastModifier", "deprecated.daemonset.template.generation");

    private static final String TEMPLATE =
            "variables.%1$s.kind == 'CronJob' ? variables.%1$s.spec.jobTemplate.spec.template :"
                    + " variables.%1$s.spec.template";

    /** Whether an entry of managedFields has fields of the template; a format. */
    private static final String HAS_TEMPLATE =
            "%s.fieldsV1[?'f:spec'][?(variables.is.kind == 'CronJob' ? 'f:jobTemplate' : 'f:template')].hasValue()";

    /** As NextRevisionName makes them. */
    private static final String NAMED_BY_US = "matches('-kubesent-[0-9a-f]{8}$')";

    /** A Knative Service that names its Revisions itself has to name the next one. */
    private static final String NEXT_REVISION = """
        variables.is.kind == 'Service'
        && variables.templateWas.?metadata.?name.hasValue()
        && variables.templateIs.metadata.?name.orValue('').startsWith(variables.is.metadata.name + '-')
        && (variables.templateIs.metadata.name.%1$s || variables.templateWas.metadata.name.%1$s)
        &&\
        """.formatted(NAMED_BY_US)
            + Cel.same("variables.templateWas.metadata", "variables.templateIs.metadata", "name");

    private WorkloadPolicy() {}

    static Policy policy() {
        return new Policy(
                "kubesent-workloads",
                "What KubeSent may change in a workload: the fields that its permissions name, or a whole template"
                        + " that gives no right.",
                List.of(
                        rule("apps", "daemonsets, deployments, replicasets, statefulsets"),
                        rule("", "replicationcontrollers"),
                        rule("batch", "cronjobs, jobs"),
                        rule("serving.knative.dev", "services")),
                Bounds.BY_KUBESENT,
                variables(),
                Stream.concat(checks().stream(), Writers.checks(HAS_TEMPLATE).stream())
                        .toList());
    }

    private static List<Check> checks() {
        return List.of(
                Bounds.optedIn("false"),
                Bounds.notOptedOut("variables.was"),
                Check.told(metadata(), "labels, annotations or owners of a workload are not changed"),
                Check.told(
                        spec(),
                        "of a workload only its template is changed, and how a Job is suspended or the traffic"
                                + " of a Service goes"),
                Check.told(
                        suspension(),
                        "a Job is suspended after a failure, with a mark of that very moment, where memory is allowed;"
                                + " and resumed only while that is so"),
                Check.told(
                        traffic(),
                        "all traffic of a Service that is not ready goes to one of its own Revisions, or back to the"
                                + " latest, where rollback is allowed"),
                Check.reasoned(
                        "size(variables.whyNoEdit) == 0 || size(variables.whyNoRollback) == 0",
                        "'the template: no permission names ' + variables.whyNoEdit.join('; ')"
                                + " + '. As a rollback: ' + variables.whyNoRollback.join('; ')"));
    }

    private static String rule(String group, String resources) {
        return "{apiGroups: [\"%s\"], apiVersions: [\"*\"], operations: [UPDATE], resources: [%s]}"
                .formatted(group, resources);
    }

    private static List<Variable> variables() {
        return Stream.of(
                        Bounds.OBJECTS,
                        Bounds.bounds(),
                        List.of(
                                new Variable("templateWas", TEMPLATE.formatted("was")),
                                new Variable("templateIs", TEMPLATE.formatted("is"))),
                        Containers.of("variables.templateWas.spec", "variables.templateIs.spec"),
                        Writers.of(HAS_TEMPLATE, """
                            variables.is.kind == 'CronJob'
                            ? e.fieldsV1[?'f:spec'][?'f:jobTemplate'][?'f:spec'][?'f:template'][?'f:spec'].orValue({})
                            : e.fieldsV1[?'f:spec'][?'f:template'][?'f:spec'].orValue({})
                            """),
                        List.of(
                                new Variable("whole", whole()),
                                new Variable("givenUp", """
                                    variables.was.?status.?conditions.orValue([]).exists(c, c.type == 'Progressing'
                                    && c.status == 'False' && c.?reason.orValue('') == 'ProgressDeadlineExceeded')
                                    """),
                                new Variable("whyNoEdit", Cel.reasons(EditRules.ofTemplate(NEXT_REVISION))),
                                new Variable("whyNoRollback", Cel.reasons(RollbackRules.all()))))
                .flatMap(List::stream)
                .toList();
    }

    private static String metadata() {
        var marks = Stream.concat(Stream.of(JobPatch.MARK), BY_OTHERS.stream()).toList();
        return Cel.and(
                Cel.same(
                        "variables.was.metadata",
                        "variables.is.metadata",
                        "annotations",
                        "generation",
                        "managedFields",
                        "resourceVersion"),
                Cel.same(
                        Cel.map("variables.was.metadata", "annotations"),
                        Cel.map("variables.is.metadata", "annotations"),
                        marks),
                Cel.or(
                        suspends(),
                        Cel.equal(
                                Cel.text(JobPatch.MARK),
                                Cel.map("variables.was.metadata", "annotations"),
                                Cel.map("variables.is.metadata", "annotations"))));
    }

    private static String spec() {
        return Cel.and(
                Cel.same("variables.was.spec", "variables.is.spec", "jobTemplate", "suspend", "template", "traffic"),
                "variables.is.kind != 'CronJob' || "
                        + Cel.and(
                                Cel.same("variables.was.spec.jobTemplate", "variables.is.spec.jobTemplate", "spec"),
                                Cel.same(
                                        "variables.was.spec.jobTemplate.spec",
                                        "variables.is.spec.jobTemplate.spec",
                                        "template")));
    }

    private static String suspends() {
        return "variables.is.kind == 'Job' && variables.is.spec.?suspend.orValue(false)"
                + " && !variables.was.spec.?suspend.orValue(false)";
    }

    /** As SuspendedJob has it: the mark names the generation that the suspension makes, and is there only with it. */
    private static String suspension() {
        var mark = "variables.%s.metadata.?annotations[?'" + JobPatch.MARK + "'].orValue('')";
        var generation = "string(variables.was.metadata.generation%s)";
        return Cel.or(
                Cel.equal("'suspend'", "variables.was.spec", "variables.is.spec"),
                Cel.and(
                        suspends(),
                        Bounds.allows(Permission.MEMORY),
                        "variables.was.?status.?failed.orValue(0) > 0",
                        mark.formatted("is") + ".matches('^[0-9]+[KMG]?i?/[0-9]+$')",
                        mark.formatted("is") + ".endsWith('/' + " + generation.formatted(" + 1") + ")"),
                Cel.and(
                        "variables.is.kind == 'Job' && !variables.is.spec.?suspend.orValue(false)",
                        mark.formatted("was") + ".endsWith('/' + " + generation.formatted("") + ")"));
    }

    /** What the Service's own status names are its own Revisions; else Knative's names, and ours. */
    private static String traffic() {
        return Cel.or(Cel.equal("'traffic'", "variables.was.spec", "variables.is.spec"), """
            variables.is.kind == 'Service' && 'rollback' in variables.allowed
            && (variables.ownTraffic && variables.is.spec.?traffic.orValue([]).all(t, t.?latestRevision.orValue(false))
            || variables.was.?status.?conditions.orValue([]).exists(c, c.type == 'Ready' && c.status != 'True'))
            && variables.is.spec.?traffic.orValue([]).size() == 1
            && variables.is.spec.traffic.all(t, t.all(k, k in ['latestRevision', 'percent', 'revisionName'])
            && t.?percent.orValue(0) == %s && ('revisionName' in t
            ? !t.?latestRevision.orValue(false) && (t.revisionName == variables.was.?status.?latestReadyRevisionName.orValue('')
            || variables.was.?status.?traffic.orValue([]).exists(s, s.?revisionName.orValue('') == t.revisionName)
            || t.revisionName.startsWith(variables.is.metadata.name + '-')
            && (t.revisionName.size() == variables.is.metadata.name.size() + 6 && t.revisionName.matches('-[0-9]{5}$')
            || t.revisionName.%s))
            : t.?latestRevision.orValue(false)))
            """.formatted(
                        TrafficPin.traffic("").at("/0/percent").asInt(), NAMED_BY_US));
    }

    /** Whether all of it is of the newest template and ready, as its own controller counts (kubectl rollout status). */
    private static String whole() {
        return """
            variables.was.kind == 'DaemonSet'
            ? variables.was.?status.?numberReady.orValue(0) >= variables.was.?status.?desiredNumberScheduled.orValue(1)
            && variables.was.?status.?updatedNumberScheduled.orValue(0) >= variables.was.?status.?desiredNumberScheduled.orValue(1)
            : variables.was.?status.?readyReplicas.orValue(0) >= variables.was.spec.?replicas.orValue(1)
            && variables.was.?status.?readyReplicas.orValue(0) >= variables.was.?status.?replicas.orValue(1)
            && (variables.was.kind != 'Deployment'
            || variables.was.?status.?updatedReplicas.orValue(0) >= variables.was.spec.?replicas.orValue(1))
            """;
    }
}
