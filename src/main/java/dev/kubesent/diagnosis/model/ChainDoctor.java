package dev.kubesent.diagnosis.model;

import dev.kubesent.evidence.Evidence;
import java.time.Clock;

/** A doctor that asks a chain of models. */
public final class ChainDoctor implements Doctor {

    private final PromptWriter prompts;
    private final ModelChain chain;
    private final Clock clock;

    public ChainDoctor(PromptWriter prompts, ModelChain chain, Clock clock) {
        this.prompts = prompts;
        this.chain = chain;
        this.clock = clock;
    }

    @Override
    public Opinion ask(Evidence evidence) {
        var begun = clock.instant();
        return chain.ask(evidence.pod().getMetadata().getNamespace(), prompts.write(evidence), begun);
    }
}
