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
}
