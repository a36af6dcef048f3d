package dev.kubesent.evidence;

import dev.kubesent.cluster.Doubt;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/**
 * Who controls the pod, the nearest first: ReplicaSet, then Deployment, and so on to the top.
 *
 * @param links empty for a pod without a controller; of {@link Unknown} and {@link Unproven} only the last may be one
 */
public record OwnerChain(List<Link> links) {

    public OwnerChain {
        links = List.copyOf(links);
    }

    public sealed interface Link {
        ObjectRef ref();
    }

    /** A controller of a kind that Kubernetes itself ships, and what it controls is as it makes it. */
    public record Known(ObjectRef ref, WorkloadKind kind, GenericKubernetesResource object) implements Link {}

    /** A controller of some other kind: an operator's, which we neither read nor understand. */
    public record Unknown(ObjectRef ref) implements Link {}

    /**
     * What is named as a controller, and did not make this: whoever may create pods may write any owner into them.
     *
     * @param detail what does not hold, as a sentence for a person
     */
    public record Unproven(ObjectRef ref, Doubt why, String detail) implements Link {}

    public Optional<Link> top() {
        return links.isEmpty() ? Optional.empty() : Optional.of(links.getLast());
    }

    /** The top, where everything up to it is of a known kind, and believed. */
    public Optional<Known> knownTop() {
        return top().flatMap(link -> switch (link) {
            case Known known -> Optional.of(known);
            case Unknown _, Unproven _ -> Optional.empty();
        });
    }

    /** What a claim of ownership lacks. */
    public Optional<Unproven> unproven() {
        return top().flatMap(link -> switch (link) {
            case Unproven unproven -> Optional.of(unproven);
            case Known _, Unknown _ -> Optional.empty();
        });
    }

    /** The pod's own controller, where it is one: incidents are named for it. */
    public Optional<ObjectRef> controller() {
        return links.stream().findFirst().flatMap(OwnerChain::believed);
    }

    /** What the incident is about: the top; nothing where any of it is not proven, so that only the pod itself is left. */
    public Optional<ObjectRef> workload() {
        return top().flatMap(OwnerChain::believed);
    }

    private static Optional<ObjectRef> believed(Link link) {
        return switch (link) {
            case Known known -> Optional.of(known.ref());
            case Unknown unknown -> Optional.of(unknown.ref());
            case Unproven _ -> Optional.empty();
        };
    }
}
