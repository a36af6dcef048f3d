package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.cluster.Memory;
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
 * Node.js, or Go with GOGC=off, is told to use as much as the limit, or more: its collector sees no reason to free anything before the kernel kills it.
 * Which of the two numbers was meant, only a person knows. A heap that is merely close to the limit is the limit's own business.
 */
public final class RuntimeHeapAgainstLimit implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return MemoryFacts.of(evidence)
                .filter(MemoryFacts::killedOutright)
                .filter(m -> !m.nodeShort().orElse(false) && !m.killedByProbe())
                .flatMap(m -> m.limit()
                        .flatMap(limit -> RuntimeHeap.of(evidence.container())
                                .filter(heap -> heap.size().compareTo(limit) >= 0)
                                .map(heap -> says(m, limit, heap))));
    }

    private Diagnosis says(MemoryFacts memory, Memory limit, RuntimeHeap heap) {
        return says(
                Cause.HEAP_AGAINST_LIMIT,
                Confidence.of(Kind.FIELD)
                        .agreeing(memory.killedOutright())
                        .agreeing(memory.limit().isPresent())
                        .unread(!memory.nothingUnread())
                        .value(),
                "The runtime may use %s before it frees what it can, and the limit is %s."
                        .formatted(heap.size(), limit),
                List.of(memory.status(), memory.limitQuote(), new Quote(Source.SPEC, heap.setting())),
                new Action.None(
                        "Set it to three quarters of the limit for Node.js, to nine tenths for Go; or raise the limit"
                                + " above it."));
    }
}
