package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.RegistryFacts;
import java.util.Optional;

/** An image that is put in another's place is one that runs here, or that its registry was seen to have for this node. */
final class ProvenImage {

    private ProvenImage() {}

    static Optional<Refusal> whyNot(Case judged, String image) {
        return isInRegistry(judged, image)
                ? Optional.empty()
                : judged.knowing(
                        judged.evidence().around().images(),
                        running -> running.stream().anyMatch(one -> one.image().equals(image))
                                ? Optional.empty()
                                : Constraint.no(RefusalReason.EVIDENCE_DOES_NOT_SUPPORT, "nothing runs with " + image));
    }

    private static boolean isInRegistry(Case judged, String image) {
        return judged.evidence()
                .around()
                .registry()
                .present()
                .filter(facts -> switch (facts) {
                    case RegistryFacts.NoSuchTag(var _, var meant) ->
                        meant.filter(image::equals).isPresent();
                    case RegistryFacts.NotAsked _,
                            RegistryFacts.Exists _,
                            RegistryFacts.OtherPlatforms _,
                            RegistryFacts.NoSuchRepository _ -> false;
                })
                .isPresent();
    }
}
