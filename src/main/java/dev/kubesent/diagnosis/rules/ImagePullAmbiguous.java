package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RunningImage;
import java.util.List;
import java.util.Optional;

/** The pull fails, and what was said of it means nothing definite. The last word of the image rules. */
final class ImagePullAmbiguous implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .map(p -> says(
                        Cause.IMAGE_PULL_AMBIGUOUS,
                        Confidence.of(Kind.OPEN).value(),
                        "The image cannot be pulled; what was said fits a missing image, refused access, another platform,"
                                + " or a fault on the way."
                                + sameRepository(p.pull().image(), evidence)
                                + PullSecrets.hint(p.pull().image(), evidence),
                        List.of(p.texts().getLast()),
                        new Action.None(PullSecrets.advice(p.pull().image(), evidence)
                                + "Try the pull from the node: crictl pull "
                                + p.pull().image())));
    }

    /**
     * Registries give access to a repository, and say "not found" of a tag that is missing in one that is open. So where another tag runs,
     * the repository exists, and access was lost since; a copy in the node's cache proves no more.
     */
    private static String sameRepository(String image, Evidence evidence) {
        return evidence.around().images().present().orElse(List.of()).stream()
                .filter(other -> !other.image().equals(image))
                .filter(other -> RunningImage.repository(other.image()).equals(RunningImage.repository(image)))
                .findFirst()
                .map(other -> " '%s' of the same repository runs %s, so it exists: %s"
                        .formatted(
                                other.image(),
                                other.place(),
                                switch (other.where()) {
                                    case NAMESPACE -> "has access to it been lost?";
                                    case CLUSTER -> "has this namespace no access to it?";
                                }))
                .orElse("");
    }
}
