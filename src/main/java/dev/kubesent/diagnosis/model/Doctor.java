package dev.kubesent.diagnosis.model;

import dev.kubesent.evidence.Evidence;

/** Somebody to ask where the rules do not know: a chain of models, or a doctor elsewhere. */
@FunctionalInterface
public interface Doctor {

    Opinion ask(Evidence evidence);

    /** Where no model is set up. */
    static Doctor none() {
        return _ -> new Opinion.None("no model is set up", Opinion.Ended.NOT_SET_UP);
    }
}
