package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.OwnerChain;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code KUBESENT_MODE=suggest}, or {@code kubesent.dev/mode: suggest} on the namespace, an owner or the pod. */
final class NotSuggestOnly implements Constraint {

    private static final String MODE = "kubesent.dev/mode";

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return switch (judged.policy().mode()) {
            case SUGGEST -> Constraint.no(RefusalReason.SUGGEST_ONLY, "KUBESENT_MODE is suggest");
            case HEAL, PAUSED ->
                marked(judged)
                        .filter(object -> Case.isMarked(object, MODE, "suggest"))
                        .findFirst()
                        .flatMap(object -> Constraint.no(
                                RefusalReason.SUGGEST_ONLY,
                                "%s/%s says %s: suggest"
                                        .formatted(
                                                object.getKind(),
                                                object.getMetadata().getName(),
                                                MODE)));
        };
    }

    private static Stream<HasMetadata> marked(Case judged) {
        var evidence = judged.evidence();
        Stream<HasMetadata> owners = evidence.owners().present().map(OwnerChain::links).orElse(List.of()).stream()
                .flatMap(link -> switch (link) {
                    case OwnerChain.Known known -> Stream.of(known.object());
                    case OwnerChain.Unknown _, OwnerChain.Unproven _ -> Stream.empty();
                });
        return Stream.of(evidence.namespace().present().stream(), owners, Stream.of(evidence.pod()))
                .flatMap(s -> s);
    }
}
