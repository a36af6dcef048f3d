package dev.kubesent.action;

import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RegistryFacts;
import dev.kubesent.failure.Failure;
import java.util.Optional;

/** An image that is put in another's place is one that runs here, or that its registry was seen to have for this node. */
final class ProvenImage {

    private ProvenImage() {}

    /** And what it is to replace could not be pulled, and never lived. */
    static Optional<Refusal> whyNotInPlace(Evidence evidence, String image) {
        return evidence.failure() instanceof Failure.ImagePull
                ? NewestRevision.whyNotBroken(evidence).or(() -> whyNot(evidence, image))
                : Proof.lacks("the image was pulled");
    }

    private static Optional<Refusal> whyNot(Evidence evidence, String image) {
        return isInRegistry(evidence, image)
                ? Optional.empty()
                : evidence.around()
                        .images()
                        .whyNot(running ->
                                running.stream().anyMatch(one -> one.image().equals(image))
                                        ? Optional.empty()
                                        : Proof.lacks("nothing runs with " + image));
    }

    private static boolean isInRegistry(Evidence evidence, String image) {
        return evidence.around()
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
