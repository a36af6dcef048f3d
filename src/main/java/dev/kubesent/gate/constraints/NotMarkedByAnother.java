package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.OwnerChain;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Argo CD, Flux, Helm, OLM and Flagger put their marks on what they manage; what they take from Git, a chart or a bundle
 * comes back with the next sync, release or upgrade (research/remedies.md, 4). The mark's manager is a name like those of
 * managedFields, so that one setting lets either be changed.
 */
final class NotMarkedByAnother implements Constraint {

    /** @param key of a label or an annotation @param manager as it calls itself in managedFields, where it has a name there */
    private record Mark(String key, String value, String manager, String told) {

        Mark(String key, String manager, String told) {
            this(key, "", manager, told);
        }
    }

    private static final List<Mark> MARKS = List.of(
            new Mark("argocd.argoproj.io/tracking-id", "argocd-controller", "Argo CD"),
            new Mark("argocd.argoproj.io/instance", "argocd-controller", "Argo CD"),
            new Mark("kustomize.toolkit.fluxcd.io/name", "kustomize-controller", "Flux"),
            new Mark("helm.toolkit.fluxcd.io/name", "helm-controller", "Flux"),
            new Mark("meta.helm.sh/release-name", "helm", "Helm"),
            new Mark("app.kubernetes.io/managed-by", "Helm", "helm", "Helm"),
            new Mark("olm.owner", "olm", "the Operator Lifecycle Manager"),
            new Mark("app.kubernetes.io/managed-by", "flagger", "flagger", "Flagger"));

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                // Another pod of the same template is nothing that anybody would set back.
                .filter(Change::setsFields)
                .flatMap(_ -> judged.knowing(
                        judged.evidence().owners(),
                        owners -> Stream.concat(
                                        owners.links().stream().flatMap(NotMarkedByAnother::object),
                                        pod(judged, owners))
                                .flatMap(object -> marks(object)
                                        .filter(mark -> !judged.policy().mayChangeFieldsOf(mark.manager()))
                                        .map(mark -> told(object, mark)))
                                .findFirst()));
    }

    /** The pods of a template carry its labels along; they say nothing about who made the template. */
    private static Stream<HasMetadata> pod(Case judged, OwnerChain owners) {
        return owners.links().isEmpty() ? Stream.of(judged.evidence().pod()) : Stream.empty();
    }

    private static Stream<HasMetadata> object(OwnerChain.Link link) {
        return switch (link) {
            case OwnerChain.Known(var _, var _, var object) -> Stream.of(object);
            case OwnerChain.Unknown _, OwnerChain.Unproven _ -> Stream.empty();
        };
    }

    private static Stream<Mark> marks(HasMetadata object) {
        var meta = object.getMetadata();
        return MARKS.stream().filter(mark -> has(meta.getLabels(), mark) || has(meta.getAnnotations(), mark));
    }

    private static boolean has(Map<String, String> marks, Mark mark) {
        var value = Objects.requireNonNullElse(marks, Map.<String, String>of()).get(mark.key());
        return value != null && (mark.value().isEmpty() || mark.value().equals(value));
    }

    private static Refusal told(HasMetadata object, Mark mark) {
        return new Refusal(
                RefusalReason.OWNED_BY_ANOTHER,
                "%s manages %s/%s (%s); change it there"
                        .formatted(
                                mark.told(),
                                object.getKind(),
                                object.getMetadata().getName(),
                                mark.key()));
    }
}
