package dev.kubesent.admission;

import static dev.kubesent.admission.Cel.and;
import static dev.kubesent.admission.Cel.or;

import dev.kubesent.admission.Policy.Check;
import dev.kubesent.admission.Policy.Variable;
import dev.kubesent.api.v1alpha1.Permission;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who wrote which field of a workload, and when (managedFields). Whoever writes an object may send other ones, and the API server takes them; so what the
 * policies read there counts only as each request leaves it as it was, but for what that very request changes.
 */
final class Writers {

    /** Under which name KubeSent writes; the API server merges the oldest of more than ten writers into one. */
    private static final String OWN = "kubesent";

    private static final String MERGED = "ancient-changes";

    private static final String SAME =
            "['manager', 'operation', 'apiVersion', 'subresource', 'time'].all(k, e[?k] == o[?k])";

    /** Only these take something out of a template, so that nothing is left of what KubeSent wrote. */
    private static final List<Permission> TAKE_OUT = List.of(Permission.COMMAND, Permission.ENV, Permission.PROBE);

    private Writers() {}

    /** @param spec of the pod, from the fields of the entry e */
    static List<Variable> of(String template, String spec) {
        return List.of(
                new Variable("writersWere", entries("was")),
                new Variable("writersAre", entries("is")),
                new Variable("ownFields", own("variables.writersWere", spec)),
                new Variable("ownFieldsAfter", own("variables.writersAre", spec)),
                ours("ours", "variables.ownFields", ""),
                ours("oursAfter", "variables.ownFieldsAfter", ""),
                ours("added", "variables.ownFields", "[?'.']"),
                ours("addedAfter", "variables.ownFieldsAfter", "[?'.']"),
                new Variable("ownTraffic", writesTraffic("variables.writersWere")),
                new Variable("lastWrittenByUs", lastWrittenByUs(template)));
    }

    private static String writesTraffic(String entries) {
        return "%s.exists(e, %s && e.fieldsV1[?'f:spec'][?'f:traffic'].hasValue())".formatted(entries, isOwn("e"));
    }

    private static String entries(String object) {
        return "variables.%s.metadata.?managedFields.orValue([]).filter(e, 'fieldsV1' in e)".formatted(object);
    }

    private static String own(String entries, String spec) {
        return """
            %s
            .filter(e, %s && e.?operation.orValue('') == 'Update')
            .map(e, %s)
            """.formatted(entries, isOwn("e"), spec.strip());
    }

    private static String isOwn(String entry) {
        return "%1$s.?manager.orValue('') == '%2$s' && %1$s.?subresource.orValue('') in ['', 'resize']"
                .formatted(entry, OWN);
    }

    /** The names of those whose limit it set. Knative's list of containers is one field, so that it is all of them. */
    private static Variable ours(String name, String fields, String key) {
        var atomic = key.isEmpty() ? "(variables.was.kind == 'Service' && f[l] == {}) || " : "";
        return new Variable(name, """
            variables.containersWere.map(c, c.name)
            .filter(name, %s.exists(f, ['f:containers', 'f:initContainers'].exists(l, l in f
            && (%sf[l][?('k:{"name":"' + name + '"}')][?'f:resources'][?'f:limits']%s.hasValue()))))
            """.formatted(fields, atomic, key.isEmpty() ? "[?'f:memory']" : key));
    }

    /** Nobody else changed the template since KubeSent did: what comes after that is its own rollout, and no release of others. */
    private static String lastWrittenByUs(String template) {
        return """
            variables.writersWere.exists(o, %s && %s && !variables.writersWere.exists(e, !(%s) && %s
            && e.?time.orValue('') > o.?time.orValue('')))
            """.formatted(isOwn("o"), template.formatted("o"), isOwn("e"), template.formatted("e"));
    }

    /** @param template whether the entry o or e has fields of it; a format */
    static List<Check> checks(String template) {
        return List.of(
                Check.told(
                        "request.?options.?fieldManager.orValue('') == '%s'".formatted(OWN),
                        "KubeSent writes under its own name (fieldManager %s)".formatted(OWN)),
                Check.told(and(othersAsTheyWere(template), ownAsItWas(template)), """
                    who wrote which field (managedFields) is the API server's to say\
                    """));
    }

    /** Of others the server only takes what this request writes. */
    private static String othersAsTheyWere(String template) {
        return and(
                "variables.writersAre.all(e, %s)"
                        .formatted(or(
                                "e.?manager.orValue('') == '%s' && !('subresource' in e)".formatted(OWN),
                                "variables.writersWere.exists(o, %s)"
                                        .formatted(
                                                and(SAME, or("!" + template.formatted("e"), template.formatted("o")))),
                                "e.?manager.orValue('') == '%s' && variables.writersWere.exists(o, e[?'time'] == o[?'time'])"
                                        .formatted(MERGED))),
                "variables.writersWere.all(o, %s)"
                        .formatted(or(
                                isOwn("o"),
                                "variables.writersAre.exists(e, %s)".formatted(SAME),
                                "variables.writersAre.exists(e, e.?manager.orValue('') == '%s')".formatted(MERGED),
                                "variables.templateWas != variables.templateIs && (%s)"
                                        .formatted(template.formatted("o")))));
    }

    /** Of its own the server adds what this request writes. */
    private static String ownAsItWas(String template) {
        var takesOut = Stream.of(TAKE_OUT)
                .flatMap(List::stream)
                .map(Bounds::allows)
                .reduce((a, b) -> a + " || " + b)
                .orElseThrow();
        return and(
                "variables.writersWere.all(o, !(%s && %s) || %s)"
                        .formatted(
                                isOwn("o"),
                                template.formatted("o"),
                                or(
                                        "variables.writersAre.exists(e, %s && %s && e[?'operation'] == o[?'operation'] && e.?time.orValue('') >= o.?time.orValue(''))"
                                                .formatted(isOwn("e"), template.formatted("e")),
                                        takesOut)),
                "variables.oursAfter.all(name, name in variables.ours || %s)"
                        .formatted(or(
                                "variables.was.kind == 'Service' && variables.templateWas != variables.templateIs",
                                "!variables.containersAre.exists(d, d.name == name && variables.containersWere.exists(c, c.name == name && %s == %s))"
                                        .formatted(Cel.memory("c", "limits"), Cel.memory("d", "limits")))),
                or(
                        "variables.ownTraffic",
                        "variables.was.spec[?'traffic'] != variables.is.spec[?'traffic']",
                        "!" + writesTraffic("variables.writersAre")),
                "variables.addedAfter.all(name, name in variables.added || variables.containersWere.exists(c, c.name"
                        + " == name && !('limits' in c.?resources.orValue({}))))");
    }
}
