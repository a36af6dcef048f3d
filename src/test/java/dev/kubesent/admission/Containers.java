package dev.kubesent.admission;

import dev.kubesent.admission.Policy.Variable;
import java.util.List;

/** The containers of a template, or of a pod, before and after. */
final class Containers {

    private static final String BOTH = "%1$s.?containers.orValue([]) + %1$s.?initContainers.orValue([])";

    private Containers() {}

    static List<Variable> of(String specBefore, String specAfter) {
        return List.of(
                new Variable("containersWere", BOTH.formatted(specBefore)),
                new Variable("containersAre", BOTH.formatted(specAfter)),
                new Variable(
                        "probesWere",
                        "variables.containersWere.map(c, c.?livenessProbe.orValue({}))"
                                + " + variables.containersWere.map(c, c.?readinessProbe.orValue({}))"
                                + " + variables.containersWere.map(c, c.?startupProbe.orValue({}))"));
    }

    /** What KubeSent's own last patches set (managedFields, which the API server writes). @param spec of the pod, from the entry e */
    static String ownFields(String spec) {
        return """
            variables.was.metadata.?managedFields.orValue([])
            .filter(e, e.?manager.orValue('') == 'kubesent' && e.?operation.orValue('') == 'Update' && 'fieldsV1' in e)
            .map(e, %s)
            """.formatted(spec.strip());
    }

    /** The names of those whose limit it set. A list that is replaced whole has no fields of its own (Knative's). */
    static Variable ours() {
        return new Variable("ours", """
            variables.containersWere.map(c, c.name)
            .filter(name, variables.ownFields.exists(f, ['f:containers', 'f:initContainers'].exists(l, l in f
            && (f[l] == {} || f[l][?('k:{"name":"' + name + '"}')][?'f:resources'][?'f:limits'][?'f:memory'].hasValue()))))
            """);
    }
}
