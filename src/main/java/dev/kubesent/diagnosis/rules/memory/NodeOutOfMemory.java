package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * The node was short of memory, or the container has no limit of its own to hit: raising a limit would make it worse
 * (kubernetes/autoscaler#4589).
 */
public final class NodeOutOfMemory implements Rule {

    private static int confidence(MemoryFacts memory) {
        return memory.nodeShort().orElse(false)
                ? Confidence.of(Kind.FIELD)
                        .agreeing(memory.killedOutright())
                        .agreeing(true) // the node's own condition, or its SystemOOM
                        .value()
                : Confidence.of(Kind.FITS).agreeing(memory.killedOutright()).value();
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return MemoryFacts.of(evidence)
                .filter(MemoryFacts::killedOutright)
                .filter(m ->
                        m.limit().or(m::podLimit).isEmpty() || m.nodeShort().orElse(false))
                .map(m -> says(
                        Cause.NODE_OUT_OF_MEMORY,
                        confidence(m),
                        m.limit().or(m::podLimit).isEmpty()
                                ? "The container has no memory limit, so the kernel killed it for the node's sake."
                                : "The node itself was out of memory when the container was killed.",
                        List.of(m.status(), m.limitQuote(), m.nodeQuote()),
                        Action.None.of(Cause.NODE_OUT_OF_MEMORY)));
    }
}
