package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Killed again after two raises: a third would only put it off. */
public final class LeakNotLimit implements Rule {

    private static final int RAISES_THAT_DID_NOT_LAST = 2;

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return MemoryFacts.of(evidence)
                .filter(m -> m.killedOutright() && m.raises().size() >= RAISES_THAT_DID_NOT_LAST)
                .filter(LeakNotLimit::hadTheLastOne)
                .map(m -> MemoryHints.added(
                        says(
                                Cause.LEAK_NOT_LIMIT,
                                Confidence.of(Kind.FIELD)
                                        .agreeing(m.killedOutright())
                                        .agreeing(m.raises().size() >= RAISES_THAT_DID_NOT_LAST)
                                        .value(),
                                "The memory was raised %d times and the container was killed again each time.%s"
                                        .formatted(
                                                m.raises().size(),
                                                pace(m).map(growth -> " " + growth)
                                                        .orElse("")),
                                quotes(m),
                                Action.None.of(Cause.LEAK_NOT_LIMIT)),
                        m));
    }

    /** What is left of a Job, or of an older revision, with a limit of before shows nothing of a raise that stands. */
    private static boolean hadTheLastOne(MemoryFacts memory) {
        var last = memory.raises().getLast();
        return last.standing() == History.Standing.UNDONE
                || memory.limit()
                        .filter(limit -> limit.bytes() < last.to().bytes())
                        .isEmpty();
    }

    private static Optional<LeakRate> pace(MemoryFacts memory) {
        return memory.oom()
                .last()
                .finished()
                .flatMap(killed -> LeakRate.of(memory.raises(), killed))
                .filter(LeakRate::isSteady);
    }

    private static List<Quote> quotes(MemoryFacts memory) {
        var raises = memory.raises().stream()
                .map(r -> new Quote(Source.HISTORY, "raised from " + r.from() + " to " + r.to()));
        return Stream.concat(Stream.of(memory.status()), raises).toList();
    }
}
