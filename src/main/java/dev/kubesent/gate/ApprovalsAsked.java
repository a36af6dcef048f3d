package dev.kubesent.gate;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.evidence.Reading;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import java.util.Optional;

/**
 * How many people have to say yes: {@code kubesent.dev/approvals: 2} on a namespace asks for two (docs/decisions/0092). Names count only where
 * the API server holds everybody to his own.
 */
record ApprovalsAsked(ClusterReader reader) {

    static final String ANNOTATION = "kubesent.dev/approvals";

    /** Of the policy that does so: knative/base/260-admission.yaml. */
    private static final String BINDING = "kubesent-incidents";

    private static final int BOTH = 2;

    /** @return what is missing; empty where enough people have said yes */
    Optional<Refusal> whyNot(Reading<Namespace> namespace, Approval.Of said) {
        return namespace
                .present()
                .map(ApprovalsAsked::asked)
                .orElseGet(() -> Optional.of("what cannot be read"))
                .flatMap(asked -> missing(asked, said))
                .map(why -> new Refusal(RefusalReason.SECOND_APPROVAL_MISSING, why));
    }

    /** Empty where one is enough. */
    private static Optional<String> asked(Namespace namespace) {
        return Optional.ofNullable(namespace.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ANNOTATION))
                .map(String::strip)
                .filter(value -> !value.equals("1"));
    }

    private Optional<String> missing(String asked, Approval.Of said) {
        if (!asked.equals("2")) {
            return Optional.of("%s is neither 1 nor 2, but: %s".formatted(ANNOTATION, asked));
        }
        if (said.people() < BOTH) {
            return Optional.of(
                    said.people() == 0
                            ? "approved %s, which names nobody".formatted(said.by())
                            : "approved %s, and by nobody else".formatted(said.by()));
        }
        return areHeldToTheirNames()
                ? Optional.empty()
                : Optional.of("nobody checks the names here: there is no ValidatingAdmissionPolicyBinding " + BINDING);
    }

    private boolean areHeldToTheirNames() {
        try {
            return reader.get(ValidatingAdmissionPolicyBinding.class, "", BINDING)
                    .isPresent();
        } catch (ClusterException e) {
            if (e.kind() != ClusterException.Kind.FORBIDDEN) {
                throw e;
            }
            return false; // a ClusterRole of an older version: they cannot be seen
        }
    }
}
