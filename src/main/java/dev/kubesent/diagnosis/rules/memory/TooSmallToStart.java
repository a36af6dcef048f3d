package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.action.RaiseMemory;
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

/** The limit is below what runc itself needs; the status then says StartError and neither OOMKilled nor 137. */
public final class TooSmallToStart implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return MemoryFacts.of(evidence)
                .filter(MemoryFacts::tooSmallToStart)
                .filter(m -> m.limit().isPresent())
                .map(m -> says(
                        Cause.TOO_SMALL_TO_START,
                        Confidence.of(Kind.FIELD)
                                .agreeing(m.tooSmallToStart())
                                .contradicted(m.oom().last().exitCode() == 0)
                                .agreeing(m.limit().isPresent())
                                .value(),
                        "The memory limit is too low for any process to start in the container.",
                        List.of(new Quote(Source.STATUS, m.oom().last().message()), m.limitQuote()),
                        new RaiseMemory()));
    }
}
