package dev.kubesent.gate;

import dev.kubesent.gate.constraints.Constraints;
import java.util.Optional;

/** What must be true of every change that this gate could have approved, whatever the cluster looks like by now. */
final class Recorded {

    private Recorded() {}

    /** @param namespace of the incident that holds the record */
    static Optional<String> whyNot(Change change, String namespace, GatePolicy policy) {
        var target = change.target();
        if (!target.namespace().equals(namespace)) {
            return Optional.of("it is about namespace " + target.namespace());
        }
        if (change instanceof Change.PodReplacement replacement) {
            var meta = replacement.manifest().getMetadata();
            if (!namespace.equals(meta.getNamespace()) || !target.name().equals(meta.getName())) {
                return Optional.of("its manifest is of another pod");
            }
        }
        return Constraints.whyNotAtAll(change, namespace, policy);
    }
}
