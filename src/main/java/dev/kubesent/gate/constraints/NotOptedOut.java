package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.gate.bounds.GatePolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code kubesent.dev/heal: disabled} on the pod or on any of its owners. */
final class NotOptedOut implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.knowing(
                judged.evidence().owners(),
                owners -> Stream.concat(
                                Stream.of((HasMetadata) judged.evidence().pod()),
                                owners.links().stream().flatMap(NotOptedOut::object))
                        .filter(object -> Case.isMarked(object, GatePolicy.HEAL, "disabled"))
                        .findFirst()
                        .flatMap(object -> Constraint.no(
                                RefusalReason.OPTED_OUT,
                                "%s/%s says %s: disabled"
                                        .formatted(
                                                object.getKind(),
                                                object.getMetadata().getName(),
                                                GatePolicy.HEAL))));
    }

    private static Stream<HasMetadata> object(OwnerChain.Link link) {
        return switch (link) {
            case OwnerChain.Known known -> Stream.of(known.object());
            case OwnerChain.Unknown _, OwnerChain.Unproven _ -> Stream.empty();
        };
    }
}
