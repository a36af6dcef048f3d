package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.change.Touches;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.evidence.OwnerChain;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A controller we don't know writes its own mind back, or worse: its custom resource is the place to change. */
final class ControllerKnown implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.knowing(
                judged.evidence().owners(),
                owners -> owners.top().flatMap(ControllerKnown::unknown).or(() -> notOfTheTemplate(judged, owners)));
    }

    /** Nobody goes back to an earlier template for what is in none: whoever makes a pod may put a container of his own beside the others. */
    private static Optional<Refusal> notOfTheTemplate(Case judged, OwnerChain owners) {
        var container = judged.evidence().failure().subject().container();
        return judged.change()
                .filter(change -> change.touches() == Touches.TEMPLATE
                        && change.wholePod().isPresent())
                .flatMap(_ -> owners.links().stream().findFirst())
                .filter(link -> link instanceof OwnerChain.Known known && !hasContainer(known, container))
                .flatMap(link -> Constraint.no(
                        RefusalReason.CONTROLLER_UNPROVEN,
                        "the template of %s has no container %s; something added it"
                                .formatted(link.ref().display(), container)));
    }

    private static boolean hasContainer(OwnerChain.Known owner, String container) {
        var spec = KubernetesJson.tree(owner.object()).at("/spec/template/spec");
        return Stream.of("containers", "initContainers")
                .flatMap(kind -> StreamSupport.stream(spec.path(kind).spliterator(), false))
                .anyMatch(one -> container.equals(one.path("name").asText()));
    }

    private static Optional<Refusal> unknown(OwnerChain.Link top) {
        return switch (top) {
            case OwnerChain.Known _ -> Optional.empty();
            case OwnerChain.Unknown(var ref) ->
                Constraint.no(
                        RefusalReason.CONTROLLER_UNKNOWN,
                        "controlled by %s (%s); %s".formatted(ref.display(), ref.apiVersion(), whatToDo(ref)));
            case OwnerChain.Unproven(var ref, var _, var detail) ->
                Constraint.no(
                        RefusalReason.CONTROLLER_UNPROVEN,
                        "names %s as a controller, and that did not make it: %s".formatted(ref.display(), detail));
        };
    }

    /** Of the kind that people meet most, in the words of its own tool. */
    private static String whatToDo(ObjectRef unknown) {
        return unknown.kind().equals("Rollout") && unknown.apiVersion().startsWith("argoproj.io/")
                ? "Argo Rollouts releases it: change the template of the Rollout (or what its spec.workloadRef names), or take the release back with `kubectl argo rollouts undo %s -n %s`"
                        .formatted(unknown.name(), unknown.namespace())
                : "change it there";
    }
}
