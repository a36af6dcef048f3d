package dev.kubesent.gate;

import dev.kubesent.change.Change;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.gate.constraints.Constraints;
import java.util.Optional;

/**
 * What must be true of every change that this gate could have approved. It is asked of records, which whoever may write
 * incidents could have forged: a forged one can raise memory where the incident is, within the fields, and no more, and one of a rollback or an edit holds no patch at all; but a
 * forged manifest of a pod that does not exist can hold anything (docs/known-limits.md).
 */
final class Recorded {

    private Recorded() {}

    /** @param namespace of the incident that holds the record */
    static Optional<String> whyNot(Change change, String namespace, GatePolicy policy) {
        if (!change.target().namespace().equals(namespace)) {
            return Optional.of("it is about namespace " + change.target().namespace());
        }
        return change.whyNotOurs()
                .or(() -> isWithin(change, namespace)
                        ? Optional.empty()
                        : Optional.of("it would delete pods of another namespace"))
                .or(() -> Constraints.whyNotAtAll(change, namespace, policy));
    }

    private static boolean isWithin(Change change, String namespace) {
        return change.others().stream().allMatch(other -> other.namespace().equals(namespace));
    }
}
