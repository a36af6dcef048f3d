package dev.kubesent.diagnosis.model;

import dev.kubesent.evidence.Evidence;

/** A doctor of whom somebody may ask so many questions and no more: what anybody can ask must not use up what healing needs. */
public record Rationed(Doctor doctor, Budget budget) implements Doctor {

    @Override
    public Opinion ask(Evidence evidence) {
        return budget.take()
                .<Opinion>map(until -> new Opinion.Deferred(
                        until, "the questions that /diagnose may ask are used up (KUBESENT_DIAGNOSE_PER_DAY)"))
                .orElseGet(() -> doctor.ask(evidence));
    }
}
