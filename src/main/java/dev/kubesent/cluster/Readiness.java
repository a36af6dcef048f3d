package dev.kubesent.cluster;

import io.fabric8.knative.serving.v1.Revision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The condition {@code Ready}, which pods and Knative's objects have. */
public final class Readiness {

    private static final String READY = "Ready";
    private static final String TRUE = "True";

    private Readiness() {}

    public static boolean of(Pod pod) {
        return condition(pod).isPresent();
    }

    /** Whether it has been so since then, or for longer. What does not say since when has not. */
    public static boolean since(Instant then, Pod pod) {
        return condition(pod)
                .map(PodCondition::getLastTransitionTime)
                .filter(time -> !Instant.parse(time).isAfter(then))
                .isPresent();
    }

    public static boolean of(Revision revision) {
        return revision.getStatus() != null
                && revision.getStatus().getConditions().stream()
                        .anyMatch(one -> READY.equals(one.getType()) && TRUE.equals(one.getStatus()));
    }

    /** Of a type that is known only by name. */
    public static boolean of(GenericKubernetesResource object) {
        return object.<Object>get("status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(one -> one instanceof Map<?, ?> condition
                                && READY.equals(condition.get("type"))
                                && TRUE.equals(condition.get("status")));
    }

    private static Optional<PodCondition> condition(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(one -> READY.equals(one.getType()) && TRUE.equals(one.getStatus()))
                .findFirst();
    }
}
