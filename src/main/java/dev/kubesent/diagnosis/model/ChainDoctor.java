package dev.kubesent.diagnosis.model;

import dev.kubesent.evidence.Evidence;

/** A doctor that asks a chain of models. */
public final class ChainDoctor implements Doctor {

    private final PromptWriter prompts;
    private final ModelChain chain;

    public ChainDoctor(PromptWriter prompts, ModelChain chain) {
        this.prompts = prompts;
        this.chain = chain;
    }

    @Override
    public Opinion ask(Evidence evidence) {
        return chain.ask(prompts.write(evidence));
    }
}
