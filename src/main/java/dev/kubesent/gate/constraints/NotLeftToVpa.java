package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Vertical Pod Autoscaler sets the memory of every pod that is made, whatever the template says: raising it there would
 * not even arrive. Its {@code maxAllowed} is the place to change.
 */
final class NotLeftToVpa implements Constraint {

    private final ClusterReader cluster;

    NotLeftToVpa(ClusterReader cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.inScope() ? judged.raise().flatMap(raise -> left(judged, raise)) : Optional.empty();
    }

    private Optional<Refusal> left(Case judged, MemoryRaise raise) {
        try {
            return autoscalers(judged.namespace()).stream()
                    .filter(vpa -> targets(vpa, judged))
                    .filter(vpa -> acts(vpa) && setsMemory(vpa, raise.container()))
                    .findFirst()
                    .flatMap(vpa -> Constraint.no(
                            RefusalReason.OWNED_BY_ANOTHER,
                            "VerticalPodAutoscaler/%s sets this memory; raise its maxAllowed"
                                    .formatted(vpa.getMetadata().getName())));
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return Constraint.no(RefusalReason.CANNOT_TELL, "VerticalPodAutoscalers: " + e.getMessage());
        }
    }

    private List<GenericKubernetesResource> autoscalers(String namespace) {
        return cluster.list("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", namespace);
    }

    private static boolean targets(GenericKubernetesResource vpa, Case judged) {
        var workload = judged.evidence().workload();
        return workload.kind().equals(vpa.<Object>get("spec", "targetRef", "kind"))
                && workload.name().equals(vpa.<Object>get("spec", "targetRef", "name"));
    }

    /** {@code Off} only recommends. */
    private static boolean acts(GenericKubernetesResource vpa) {
        return !"Off".equals(vpa.<Object>get("spec", "updatePolicy", "updateMode"));
    }

    /** By the first policy of this container, else by the last of all ("*"): so the autoscaler picks one (GetContainerResourcePolicy). */
    private static boolean setsMemory(GenericKubernetesResource vpa, String container) {
        return policies(vpa, container)
                .findFirst()
                .or(() -> policies(vpa, "*").reduce((_, last) -> last))
                .map(NotLeftToVpa::setsMemory)
                .orElse(true);
    }

    private static Stream<Map<?, ?>> policies(GenericKubernetesResource vpa, String container) {
        return vpa.<Object>get("spec", "resourcePolicy", "containerPolicies") instanceof List<?> policies
                ? policies.stream().mapMulti((policy, out) -> {
                    if (policy instanceof Map<?, ?> map && container.equals(map.get("containerName"))) {
                        out.accept(map);
                    }
                })
                : Stream.empty();
    }

    private static boolean setsMemory(Map<?, ?> policy) {
        return !"Off".equals(policy.get("mode"))
                && !(policy.get("controlledResources") instanceof List<?> resources && !resources.contains("memory"))
                && !"RequestsOnly".equals(policy.get("controlledValues"));
    }
}
