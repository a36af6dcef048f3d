package dev.kubesent.diagnosis.rules;

import dev.kubesent.cluster.Memory;
import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import java.util.List;
import java.util.Optional;

/**
 * A heap that leaves the rest of the JVM (metaspace, threads, code cache, buffers) no room below the limit. Raising the
 * limit cures a heap of fixed size below it; a heap above the limit is a contradiction that a person must settle, and a
 * share of the limit grows with it.
 */
final class JavaHeapAgainstLimit implements Rule {

    /** Above this share of the limit there is too little left beside the heap; the JVM's own default is 25 %. */
    private static final double CROWDED = 0.8;

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return MemoryFacts.of(evidence)
                .filter(MemoryFacts::killedOutright)
                .filter(m -> !m.nodeShort().orElse(false) && !m.killedByProbe())
                .flatMap(m -> m.limit()
                        .flatMap(limit -> JavaHeap.of(evidence.container()).flatMap(heap -> judge(m, limit, heap))));
    }

    private Optional<Diagnosis> judge(MemoryFacts memory, Memory limit, JavaHeap heap) {
        return switch (heap.size()) {
            case JavaHeap.ShareOfLimit(double percent) ->
                percent <= CROWDED * 100
                        ? Optional.empty()
                        : Optional.of(says(
                                memory,
                                heap,
                                "The Java heap may take %s %% of the limit, whatever the limit is.".formatted(percent),
                                new Action.None("Lower MaxRAMPercentage; 75 leaves room for the rest of the JVM.")));
            case JavaHeap.Fixed(Memory size) -> {
                if (!size.exceeds(limit.times(CROWDED))) {
                    yield Optional.empty();
                }
                yield Optional.of(
                        size.compareTo(limit) >= 0
                                ? says(
                                        memory,
                                        heap,
                                        "The Java heap of " + size + " does not fit into the limit of " + limit + ".",
                                        new Action.None(
                                                "Lower -Xmx or raise the limit: only you know which was meant."))
                                : says(
                                        memory,
                                        heap,
                                        "The Java heap of " + size
                                                + " leaves the rest of the JVM too little below the limit.",
                                        new Action.RaiseMemory()));
            }
        };
    }

    private Diagnosis says(MemoryFacts memory, JavaHeap heap, String explanation, Action action) {
        var confidence = Confidence.of(Kind.FIELD)
                .agreeing(memory.killedOutright())
                .agreeing(memory.limit().isPresent())
                .unread(!memory.nothingUnread())
                .value();
        return says(
                Cause.JAVA_HEAP_AGAINST_LIMIT,
                confidence,
                explanation,
                List.of(memory.status(), memory.limitQuote(), new Quote(Source.SPEC, heap.setting())),
                action);
    }
}
