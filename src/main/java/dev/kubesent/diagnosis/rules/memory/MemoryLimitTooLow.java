package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.action.RaiseMemory;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/** The container hit its own limit: OOMKilled by SIGKILL, with a limit, on a node that had memory left. */
public final class MemoryLimitTooLow implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return MemoryFacts.of(evidence)
                .filter(MemoryFacts::killedOutright)
                .filter(m -> m.limit().isPresent() && m.isBelowThePods())
                .filter(m -> !m.nodeShort().orElse(false))
                .map(m -> MemoryHints.added(
                        says(
                                Cause.MEMORY_LIMIT_TOO_LOW,
                                confidence(m),
                                "The container used all of its memory limit and the kernel killed it.",
                                List.of(m.status(), m.limitQuote(), m.nodeQuote()),
                                new RaiseMemory()),
                        m));
    }

    private static int confidence(MemoryFacts memory) {
        return Confidence.of(Kind.FIELD)
                .agreeing(memory.killedOutright())
                .agreeing(memory.limit().isPresent())
                // A failed probe kills with SIGKILL too, and an OOM counted earlier would then still show as the
                // reason.
                .contradicted(memory.killedByProbe())
                .unread(!memory.nothingUnread())
                .value();
    }
}
