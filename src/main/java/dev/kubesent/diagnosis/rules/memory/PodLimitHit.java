package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import java.util.List;
import java.util.Optional;

/**
 * The pod has a limit of its own, which all of its containers share (KEP-2837, spec.resources), and the killed one has none below it: so the
 * pod's was hit, whoever of them used the most. Where the container has a lower one, either may have been.
 */
public final class PodLimitHit implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return MemoryFacts.of(evidence)
                .filter(MemoryFacts::killedOutright)
                .filter(m -> !m.nodeShort().orElse(false) && !m.killedByProbe())
                .filter(m -> !m.isBelowThePods())
                .flatMap(m -> m.podLimit()
                        .map(pod -> says(
                                Cause.POD_LIMIT_TOO_LOW,
                                Confidence.of(Kind.FIELD)
                                        .agreeing(m.killedOutright())
                                        .agreeing(m.limit().isEmpty())
                                        .unread(!m.nothingUnread())
                                        .value(),
                                "The containers of the pod used all of the memory limit that they share, and the"
                                        + " kernel killed this one.",
                                List.of(
                                        m.status(),
                                        new Quote(Source.SPEC, "spec.resources.limits.memory: " + pod),
                                        m.nodeQuote()),
                                Action.None.of(Cause.POD_LIMIT_TOO_LOW))));
    }
}
