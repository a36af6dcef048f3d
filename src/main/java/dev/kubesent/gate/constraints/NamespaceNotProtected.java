package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import java.util.Optional;

/** The cluster's own namespaces, Knative's, and KubeSent's: healing those is somebody else's trade, or a loop. */
final class NamespaceNotProtected implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.isProtected()
                ? Constraint.no(RefusalReason.NAMESPACE_PROTECTED, judged.namespace() + " is never changed")
                : Optional.empty();
    }
}
