package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
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
                                + " or a fault on the way.",
                        List.of(p.texts().getLast()),
                        new Action.None("Try the pull from the node: crictl pull "
                                + p.pull().image())));
    }
}
