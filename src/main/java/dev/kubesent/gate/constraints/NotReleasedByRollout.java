package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.change.Touches;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/**
 * A Rollout of Argo Rollouts may take its template from a Deployment ({@code spec.workloadRef}). While people move from the one to the other, the
 * Deployment has pods of its own. A change of its template for their sake is a new release to the Rollout.
 */
final class NotReleasedByRollout implements Constraint {

    /** As it calls itself in managedFields. */
    private static final String MANAGER = "rollouts-controller";

    private final ClusterReader cluster;

    NotReleasedByRollout(ClusterReader cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.inScope() && !judged.policy().mayChangeFieldsOf(MANAGER)
                ? judged.change()
                        .filter(change -> change.touches() == Touches.TEMPLATE)
                        .map(Change::target)
                        .flatMap(this::released)
                : Optional.empty();
    }

    private Optional<Refusal> released(ObjectRef template) {
        try {
            return cluster.list("argoproj.io/v1alpha1", "Rollout", template.namespace()).stream()
                    .filter(rollout -> takes(rollout, template))
                    .findFirst()
                    .flatMap(rollout -> Constraint.no(
                            RefusalReason.OWNED_BY_ANOTHER,
                            "Rollout/%s takes its template from %s (spec.workloadRef), so this change would start a release of Argo Rollouts; make it as you make one"
                                    .formatted(rollout.getMetadata().getName(), template.display())));
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return Constraint.no(RefusalReason.CANNOT_TELL, "Rollouts: " + e.getMessage());
        }
    }

    private static boolean takes(GenericKubernetesResource rollout, ObjectRef template) {
        return template.kind().equals(rollout.<Object>get("spec", "workloadRef", "kind"))
                && template.name().equals(rollout.<Object>get("spec", "workloadRef", "name"));
    }
}
