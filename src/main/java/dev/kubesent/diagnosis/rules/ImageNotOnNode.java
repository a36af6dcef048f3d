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

/** imagePullPolicy Never, and the node does not have the image. */
final class ImageNotOnNode implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .filter(p -> p.pull().reason() == PullReason.ErrImageNeverPull)
                .map(p -> says(
                        Cause.IMAGE_NOT_ON_NODE,
                        Confidence.of(Kind.FIELD).value(),
                        "The node does not have the image, and imagePullPolicy Never keeps it from pulling it.",
                        List.of(p.texts().getFirst()),
                        new Action.None("Put the image on the node, or use imagePullPolicy IfNotPresent.")));
    }
}
