package dev.kubesent.cluster.memory;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.Readiness;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether a pod may be evicted now (pkg/registry/core/pod/storage/eviction.go): by labels, and by what the budget's status says. */
final class Budgets {

    private Budgets() {}

    /** @throws ClusterException as the API server would answer */
    static void check(Pod pod, List<PodDisruptionBudget> budgets) {
        if (budgets.stream().filter(budget -> isOver(budget, pod)).count() > 1) {
            throw new ClusterException(
                    Kind.REJECTED,
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        if (budgets.stream().anyMatch(budget -> isOver(budget, pod) && !allows(budget, pod))) {
            throw new ClusterException(
                    Kind.REJECTED, "Cannot evict pod as it would violate the pod's disruption budget.");
        }
    }

    private static boolean isOver(PodDisruptionBudget budget, Pod pod) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        var selector = budget.getSpec().getSelector();
        return selector != null
                && selector.getMatchLabels() != null
                && labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
    }

    /** One that is not ready may go while enough others are. */
    private static boolean allows(PodDisruptionBudget budget, Pod pod) {
        var status = budget.getStatus();
        var isReady = Readiness.of(pod);
        return !isReady && status.getCurrentHealthy() >= status.getDesiredHealthy()
                || status.getDisruptionsAllowed() > 0;
    }
}
