package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RunningImage;
import dev.kubesent.evidence.Source;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One text for a missing image and for refused access, and another pod that decides: with the same pull secrets it runs another tag of the
 * same repository. So the repository is there and open to these, and the tag is not.
 */
final class ImageTagMissing implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .filter(PullFacts::missingOrPrivate)
                .flatMap(pull -> proof(evidence, pull.pull().image())
                        .map(other -> says(
                                Cause.IMAGE_NOT_FOUND,
                                Confidence.of(Kind.SENTENCE).agreeing(true).value(), // another pod's success
                                "The registry has no such tag: '" + other.image()
                                        + "' of the same repository runs here with the same pull secrets."
                                        + Slip.hint(pull.pull().image(), List.of(other)),
                                List.of(
                                        pull.texts().getFirst(),
                                        new Quote(Source.IMAGES, other.image() + " runs in this namespace")),
                                new Action.None("Correct the tag, or push the image."))));
    }

    private static Optional<RunningImage> proof(Evidence evidence, String image) {
        var secrets = secrets(evidence);
        return evidence.images().present().orElse(List.of()).stream()
                .filter(other -> !other.image().equals(image))
                .filter(other -> RunningImage.repository(other.image()).equals(RunningImage.repository(image)))
                .filter(other -> other.pullSecrets().equals(secrets))
                .findFirst();
    }

    private static Set<String> secrets(Evidence evidence) {
        return evidence.pod().getSpec().getImagePullSecrets().stream()
                .map(LocalObjectReference::getName)
                .collect(Collectors.toSet());
    }
}
