package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.gate.bounds.GatePolicy;
import java.util.Optional;

/** Nothing is changed where nobody asked for it. */
final class NamespaceOptedIn implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.knowing(
                judged.evidence().namespace(),
                namespace -> judged.optedIn(namespace) || judged.isProtected() // which is a reason of its own
                        ? Optional.empty()
                        : Constraint.no(
                                RefusalReason.NAMESPACE_NOT_OPTED_IN,
                                "kubectl label namespace %s %s=enabled"
                                        .formatted(judged.namespace(), GatePolicy.HEAL)));
    }
}
