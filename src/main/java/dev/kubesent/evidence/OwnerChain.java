package dev.kubesent.evidence;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/**
 * Who controls the pod, the nearest first: ReplicaSet, then Deployment, and so on to the top.
 *
 * @param links empty for a pod without a controller
 */
public record OwnerChain(List<Link> links) {

    public OwnerChain {
        links = List.copyOf(links);
    }

    public sealed interface Link {
        ObjectRef ref();
    }

    /** A controller of a kind that Kubernetes itself ships. */
    public record Known(ObjectRef ref, WorkloadKind kind, GenericKubernetesResource object) implements Link {}

    /** A controller of some other kind: an operator's, which we neither read nor understand. */
    public record Unknown(ObjectRef ref) implements Link {}

    public Optional<Link> top() {
        return links.isEmpty() ? Optional.empty() : Optional.of(links.getLast());
    }

    /** The top, where everything up to it is of a known kind. */
    public Optional<Known> knownTop() {
        return top().flatMap(link -> switch (link) {
            case Known known -> Optional.of(known);
            case Unknown _ -> Optional.empty();
        });
    }
}
