package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.gate.bounds.GatePolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code kubesent.dev/allow: memory,rollback} on the workload, or else on its namespace, or else {@code KUBESENT_ALLOW}: the nearest that
 * says anything says all. Whoever may annotate a workload may change it, so this gives nobody a right.
 */
final class PermissionGiven implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(change -> judged.knowing(
                        judged.evidence().owners(),
                        owners -> judged.knowing(
                                judged.evidence().namespace(),
                                namespace -> said(Stream.of(workload(judged.evidence(), owners), namespace))
                                        .map(said -> whyNot(said, change.permission()))
                                        .orElseGet(() -> bySetting(judged, change.permission())))));
    }

    /** All that are given; none where it cannot be read. */
    static Set<Permission> given(Evidence evidence, GatePolicy policy) {
        var owners = evidence.owners().present();
        var namespace = evidence.namespace().present();
        if (owners.isEmpty() || namespace.isEmpty()) {
            return Set.of();
        }
        return said(Stream.of(workload(evidence, owners.get()), namespace.get()))
                .map(said -> said.words().stream()
                        .flatMap(word -> Permission.of(word).stream())
                        .collect(Collectors.toSet()))
                .orElseGet(policy::allowed);
    }

    private static HasMetadata workload(Evidence evidence, OwnerChain owners) {
        return owners.knownTop().<HasMetadata>map(OwnerChain.Known::object).orElse(evidence.pod());
    }

    private record Said(HasMetadata object, List<String> words) {}

    private static Optional<Said> said(Stream<HasMetadata> nearestFirst) {
        return nearestFirst
                .flatMap(object -> Optional.ofNullable(object.getMetadata().getAnnotations())
                        .flatMap(annotations -> Optional.ofNullable(annotations.get(Permission.ALLOW)))
                        .map(value -> new Said(object, words(value)))
                        .stream())
                .findFirst();
    }

    private static List<String> words(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Optional<Refusal> whyNot(Said said, Permission wanted) {
        var isGiven = said.words().stream()
                .flatMap(word -> Permission.of(word).stream())
                .anyMatch(wanted::equals);
        var object = said.object();
        return isGiven
                ? Optional.empty()
                : Constraint.no(
                        RefusalReason.NOT_ALLOWED,
                        "%s: %s/%s says %s: %s"
                                .formatted(
                                        wanted.word(),
                                        object.getKind(),
                                        object.getMetadata().getName(),
                                        Permission.ALLOW,
                                        String.join(",", said.words())));
    }

    private static Optional<Refusal> bySetting(Case judged, Permission wanted) {
        return judged.policy().allowed().contains(wanted)
                ? Optional.empty()
                : Constraint.no(
                        RefusalReason.NOT_ALLOWED,
                        wanted.word() + " is not in KUBESENT_ALLOW, nor in " + Permission.ALLOW);
    }
}
