package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The node has no room for the image. The pod is not at fault, and another node may have room. */
final class NodeDiskFull implements Rule {

    private static final Pattern TEXT =
            Pattern.compile("(?i)no space left on device|disk quota exceeded|failed to reserve .*space");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .flatMap(p -> p.text(TEXT)
                        .map(quote -> says(
                                Cause.NODE_DISK_FULL,
                                p.confidence(TEXT),
                                "The node has no room left for the image.",
                                List.of(quote),
                                new Action.None("Free the node's disk (crictl rmi --prune), or make it larger."))));
    }
}
