package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.PullReason;
import java.util.List;
import java.util.Optional;

/** The kubelet could not even parse the image's name. */
final class ImageNameInvalid implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .filter(p -> p.pull().reason() == PullReason.InvalidImageName)
                .map(p -> says(
                        Cause.IMAGE_NAME_INVALID,
                        Confidence.of(Kind.FIELD).value(),
                        "'" + p.pull().image() + "' is not a valid image reference.",
                        List.of(p.texts().getFirst()),
                        new Action.None("Correct the image's name in the workload.")));
    }
}
