package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.action.Action;
import dev.kubesent.action.RaiseMemory;
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
 * A heap that leaves the rest of the JVM (metaspace, code cache, threads, buffers) no room below the limit. What that takes is an amount, and
 * never a share: 300 to 700 MiB of a server, or what its own flags add up to. Raising the limit cures a heap of fixed size below it; a heap
 * above the limit is a contradiction that a person must settle, and a share of the limit grows with it, so that no raise lasts.
 */
public final class JavaHeapAgainstLimit implements Rule {

    /** Below this nothing but a small tool runs. */
    private static final Memory LEAST = Memory.ofMi(300);

    /** What a server may well need. */
    private static final Memory AMPLE = Memory.ofMi(700);

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
            case JavaHeap.ShareOfLimit(double percent) -> Optional.of(share(memory, limit, heap, percent));
            case JavaHeap.Fixed(Memory size) -> {
                if (size.compareTo(limit) >= 0) {
                    yield Optional.of(says(
                            memory,
                            heap,
                            "The Java heap of " + size + " does not fit into the limit of " + limit + ".",
                            Action.None.of(Cause.JAVA_HEAP_AGAINST_LIMIT)));
                }
                var beside = new Memory(limit.bytes() - size.bytes());
                yield beside.exceeds(heap.beside().orElse(LEAST))
                        ? Optional.empty()
                        : Optional.of(says(
                                memory,
                                heap,
                                "The Java heap of %s leaves %s for the rest of the JVM, which is too little."
                                        .formatted(size, beside.roundedUpToMi()),
                                new RaiseMemory()));
            }
        };
    }

    private Diagnosis share(MemoryFacts memory, Memory limit, JavaHeap heap, double percent) {
        var beside = limit.times(1 - percent / 100);
        var needed = heap.beside().orElse(AMPLE);
        var fits = needed.times(100 / Math.max(1, 100 - percent)).roundedUpToMi();
        return says(
                memory,
                heap,
                """
                The Java heap may take %s %% of the limit, whatever the limit is, and leaves %s for the rest of the JVM, which needs up to %s: \
                a higher limit makes the heap larger, too.\
                """.formatted(percent, beside.roundedUpToMi(), needed),
                new Action.None("Lower MaxRAMPercentage, or set -Xmx; or give a limit of %s or more at this percentage."
                        .formatted(fits)));
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
