package dev.kubesent.gate.constraints;

import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import java.util.Optional;

/** A controller we don't know writes its own mind back, or worse: its custom resource is the place to change. */
final class ControllerKnown implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.knowing(judged.evidence().owners(), owners -> owners.top().flatMap(ControllerKnown::unknown));
    }

    private static Optional<Refusal> unknown(OwnerChain.Link top) {
        return switch (top) {
            case OwnerChain.Known _ -> Optional.empty();
            case OwnerChain.Unknown(var ref) ->
                Constraint.no(
                        RefusalReason.CONTROLLER_UNKNOWN,
                        "controlled by %s (%s)".formatted(ref.display(), ref.apiVersion()));
            case OwnerChain.Unproven(var ref, var _, var detail) ->
                Constraint.no(
                        RefusalReason.CONTROLLER_UNPROVEN,
                        "names %s as a controller, and that did not make it: %s".formatted(ref.display(), detail));
        };
    }
}
