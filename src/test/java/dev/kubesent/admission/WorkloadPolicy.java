package dev.kubesent.admission;

import dev.kubesent.admission.Policy.Check;
import dev.kubesent.admission.Policy.Variable;
import dev.kubesent.gate.JobPatch;
import dev.kubesent.gate.TrafficPin;
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

    /** A Knative Service that names its Revisions itself has to name the next one. */
    private static final String NEXT_REVISION =
            """
                variables.is.kind == 'Service'
                && variables.templateWas.?metadata.?name.hasValue()
                && variables.templateIs.metadata.?name.orValue('').startsWith(variables.is.metadata.name + '-')
                &&\
                """ + Cel.same("variables.templateWas.metadata", "variables.templateIs.metadata", "name");

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
                true,
                variables(),
                List.of(
                        Bounds.optedIn("false"),
                        Bounds.notOptedOut("variables.was"),
                        Check.told(metadata(), "labels, annotations or owners of a workload are not changed"),
                        Check.told(
                                spec(),
                                "of a workload only its template is changed, and how a Job is suspended or the traffic"
                                        + " of a Service goes"),
                        Check.told(suspension(), "a Job is suspended with a mark, and resumed only where it has that"),
                        Check.told(
                                traffic(),
                                "all traffic goes to one of its own Revisions, or to the latest, where rollback is"
                                        + " allowed"),
                        Check.reasoned(
                                "size(variables.whyNoEdit) == 0 || size(variables.whyNoRollback) == 0",
                                "'the template: no permission names ' + variables.whyNoEdit.join('; ')"
                                        + " + '. As a rollback: ' + variables.whyNoRollback.join('; ')")));
    }

    private static String rule(String group, String resources) {
        return "{apiGroups: [\"%s\"], apiVersions: [\"*\"], operations: [UPDATE], resources: [%s]}"
                .formatted(group, resources);
    }

    private static List<Variable> variables() {
        return Stream.of(
                        Bounds.OBJECTS,
                        List.of(
                                Bounds.allowed(),
                                Bounds.maximum(),
                                new Variable("templateWas", TEMPLATE.formatted("was")),
                                new Variable("templateIs", TEMPLATE.formatted("is"))),
                        Containers.of("variables.templateWas.spec", "variables.templateIs.spec"),
                        List.of(
                                new Variable("ownFields", Containers.ownFields("""
                                    variables.is.kind == 'CronJob'
                                    ? e.fieldsV1[?'f:spec'][?'f:jobTemplate'][?'f:spec'][?'f:template'][?'f:spec'].orValue({})
                                    : e.fieldsV1[?'f:spec'][?'f:template'][?'f:spec'].orValue({})
                                    """)),
                                Containers.ours(),
                                new Variable("whole", whole()),
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
                "variables.is.kind == 'Job' || "
                        + Cel.equal(
                                Cel.text(JobPatch.MARK),
                                Cel.map("variables.was.metadata", "annotations"),
                                Cel.map("variables.is.metadata", "annotations")));
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

    private static String suspension() {
        return Cel.or(Cel.equal("'suspend'", "variables.was.spec", "variables.is.spec"), """
            variables.is.kind == 'Job'
            && (variables.is.spec.?suspend.orValue(false) ? variables.is : variables.was)
            .metadata.?annotations[?'%s'].orValue('').matches('^[0-9]+[KMG]?i?/[0-9]+$')
            """.formatted(JobPatch.MARK));
    }

    private static String traffic() {
        return Cel.or(Cel.equal("'traffic'", "variables.was.spec", "variables.is.spec"), """
            variables.is.kind == 'Service' && 'rollback' in variables.allowed
            && variables.is.spec.?traffic.orValue([]).size() == 1
            && variables.is.spec.traffic.all(t, t.all(k, k in ['latestRevision', 'percent', 'revisionName'])
            && t.?percent.orValue(0) == %s && ('revisionName' in t
            ? t.revisionName.startsWith(variables.is.metadata.name + '-') && !t.?latestRevision.orValue(false)
            : t.?latestRevision.orValue(false)))
            """.formatted(
                        TrafficPin.traffic("").at("/0/percent").asInt()));
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
