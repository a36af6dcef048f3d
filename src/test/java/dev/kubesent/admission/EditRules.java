package dev.kubesent.admission;

import static dev.kubesent.admission.Bounds.allows;
import static dev.kubesent.admission.Cel.and;
import static dev.kubesent.admission.Cel.array;
import static dev.kubesent.admission.Cel.atMost;
import static dev.kubesent.admission.Cel.eachPair;
import static dev.kubesent.admission.Cel.equal;
import static dev.kubesent.admission.Cel.map;
import static dev.kubesent.admission.Cel.memory;
import static dev.kubesent.admission.Cel.or;
import static dev.kubesent.admission.Cel.same;

import dev.kubesent.admission.Cel.Reason;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.gate.bounds.GatePolicy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a change of single fields of a template may be: those that the permissions name, each within its bound. */
final class EditRules {

    private static final List<String> PROBES = fields(Permission.PROBE).sorted().toList();

    /** A raise adds no less to whatever there is (Sizing). */
    private static final String FIRST_LIMIT = "100Mi";

    private EditRules() {}

    /** Of a container: {@code image} of {@code spec.containers[*].image}. */
    private static Stream<String> fields(Permission permission) {
        return permission.fields().stream()
                .map(field -> field.substring(field.lastIndexOf('.') + 1))
                .distinct();
    }

    /** Every field of a container that a permission names. */
    private static List<String> named() {
        return Stream.concat(
                        Stream.of("resources"),
                        Arrays.stream(Permission.values()).flatMap(EditRules::fields))
                .distinct()
                .toList();
    }

    static List<Reason> ofTemplate(String mayBeNamed) {
        return Stream.concat(
                        Stream.of(
                                new Reason(
                                        and(
                                                same(
                                                        "variables.templateWas",
                                                        "variables.templateIs",
                                                        "spec",
                                                        "metadata"),
                                                same(
                                                        "variables.templateWas.spec",
                                                        "variables.templateIs.spec",
                                                        "containers",
                                                        "initContainers"),
                                                or(
                                                        "variables.templateWas.?metadata =="
                                                                + " variables.templateIs.?metadata",
                                                        mayBeNamed)),
                                        "other fields of the template"),
                                new Reason(eachPair(same("c", "d", named())), "other fields of a container"),
                                new Reason(
                                        eachPair(image()),
                                        "an image, of another repository or where image is not allowed"),
                                new Reason(
                                        eachPair(fieldsOf(Permission.COMMAND)),
                                        "a command, where command is not allowed"),
                                new Reason(eachPair(env()), "a variable, where env is not allowed or from elsewhere"),
                                new Reason(
                                        eachPair(probes()),
                                        "a probe, taken away, sent elsewhere, or where probe is not allowed")),
                        ofContainers().stream())
                .toList();
    }

    /** What of a template is true of a pod, too. */
    static List<Reason> ofContainers() {
        return List.of(
                new Reason(and(names("containers"), names("initContainers")), "a container, made, taken away or moved"),
                new Reason(eachPair(resources()), "other resources than memory"),
                new Reason(eachPair(limit()), "less memory, more than the maximum, or where memory is not allowed"),
                new Reason(eachPair(request()), "a request for memory that is not the new limit"));
    }

    /** Nothing of any container but its tag, and its memory within the bounds of an edit. */
    static String onlyTagsAndMemory() {
        return and(
                same("variables.templateWas.spec", "variables.templateIs.spec", "containers", "initContainers"),
                names("containers"),
                names("initContainers"),
                eachPair(and(
                        same("c", "d", "image", "resources"),
                        repository("c") + " == " + repository("d"),
                        resources(),
                        limit(),
                        request())));
    }

    private static String names(String kind) {
        return "%s.map(c, c.name) == %s.map(c, c.name)"
                .formatted(array("variables.templateWas.spec", kind), array("variables.templateIs.spec", kind));
    }

    private static String image() {
        return or(
                equal("'image'", "c", "d"),
                "%s && %s == %s".formatted(allows(Permission.IMAGE), repository("c"), repository("d")));
    }

    /** Without tag and digest. */
    private static String repository(String container) {
        return container + ".image.find('^([^/@]*/)*[^/:@]+')";
    }

    private static String fieldsOf(Permission permission) {
        return or(
                fields(permission)
                        .sorted()
                        .map(field -> and(equal(Cel.text(field), "c", "d")))
                        .reduce((a, b) -> a + " && " + b)
                        .orElseThrow(),
                allows(permission));
    }

    private static String env() {
        return or(
                equal("'env'", "c", "d"),
                "%s && %s.all(e, e in %s || !('valueFrom' in e))"
                        .formatted(allows(Permission.ENV), array("d", "env"), array("c", "env")));
    }

    /** As ProbeAsksThePod has it: what is asked already may be asked, else the pod itself, and nothing is run where command is not allowed. */
    private static String probes() {
        return "%s.all(p, %s)".formatted(Cel.list(PROBES), or(equal("p", "c", "d"), """
            %s && p in d && ['exec', 'httpGet', 'tcpSocket', 'grpc'].all(h, !(h in d[p])
            || variables.probesWere.exists(q, h in q && q[h] == d[p][h])
            || (h == 'exec' ? %s : !('host' in d[p][h]) && !('httpHeaders' in d[p][h])))
            """.formatted(
                        allows(Permission.PROBE), allows(Permission.COMMAND))));
    }

    private static String resources() {
        return and(
                same(map("c", "resources"), map("d", "resources"), "limits", "requests"),
                same(map("c", "resources.?limits"), map("d", "resources.?limits"), "memory"),
                same(map("c", "resources.?requests"), map("d", "resources.?requests"), "memory"));
    }

    /** Without a limit of its own a container has what a LimitRange gives, which no policy sees, and the raise goes beyond it. */
    private static String limit() {
        var before = memory("c", "limits");
        var after = memory("d", "limits");
        return or(
                before + " == " + after,
                and(
                        allows(Permission.MEMORY),
                        after + " != ''",
                        atMost(after, "variables.maximum"),
                        before + " == '' ? " + atMost(Cel.text(FIRST_LIMIT), after) + " : "
                                + or(
                                        atMost(before, after),
                                        and("variables.ours.exists(name, name == c.name)", wasRaised(before, after)))),
                and(allows(Permission.MEMORY), after + " == ''", "variables.added.exists(name, name == c.name)"));
    }

    /** What was raised by ourselves is taken back, and only down, by no more than it can have been raised (GrowthBounded). */
    private static String wasRaised(String before, String after) {
        return or(
                "quantity(%s).asApproximateFloat() <= %s * quantity(%s).asApproximateFloat()"
                        .formatted(before, GatePolicy.GROWTH_TIMES, after),
                "quantity(%s).compareTo(quantity(%s).add(quantity('%s'))) <= 0"
                        .formatted(before, after, GatePolicy.GROWTH_OR_MORE_BY));
    }

    /** It follows a limit that it was equal to. So a limit is never lowered below what its user asked for. */
    private static String request() {
        var before = memory("c", "requests");
        var after = memory("d", "requests");
        return or(
                before + " == " + after,
                and(
                        before + " != ''",
                        before + " == " + memory("c", "limits"),
                        after + " == " + memory("d", "limits")));
    }
}
